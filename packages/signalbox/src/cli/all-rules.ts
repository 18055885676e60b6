import { type EventBridgeClient, ListRulesCommand, type Rule } from '@aws-sdk/client-eventbridge';
import { allPages } from '../core/all-pages.ts';

/** Every rule of an event bus; the SDK has no paginator for them. */
export function allRules(
  client: EventBridgeClient,
  EventBusName: string,
): Promise<readonly Rule[]> {
  return allPages(
    (NextToken) => client.send(new ListRulesCommand({ EventBusName, NextToken })),
    ({ Rules, NextToken }) => ({ items: Rules, next: NextToken }),
  );
}
