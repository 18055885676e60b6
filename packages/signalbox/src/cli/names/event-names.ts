import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import type { ClientOptions } from '../../core/client-options.ts';
import { allRules } from '../all-rules.ts';

/** The names of all event buses; the SDK has no paginator for them. */
export async function busNames(options: ClientOptions): Promise<readonly string[]> {
  const client = new EventBridgeClient(options);
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListEventBusesCommand({ NextToken }));
    names.push(...(page.EventBuses ?? []).flatMap(({ Name }) => Name ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return names;
}

/** The names of the rules of all event buses, each once. */
export async function ruleNames(options: ClientOptions): Promise<readonly string[]> {
  const client = new EventBridgeClient(options);
  const names = new Set<string>();
  for (const bus of await busNames(options)) {
    for (const { Name = '' } of await allRules(client, bus)) names.add(Name);
  }
  return [...names];
}
