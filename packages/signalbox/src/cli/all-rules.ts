import { type EventBridgeClient, ListRulesCommand, type Rule } from '@aws-sdk/client-eventbridge';

/** Every rule of an event bus; the SDK has no paginator for them. */
export async function allRules(
  client: EventBridgeClient,
  eventBusName: string,
): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const input = { EventBusName: eventBusName, ...(NextToken === undefined ? {} : { NextToken }) };
    const page = await client.send(new ListRulesCommand(input));
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return rules;
}
