import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { allPages } from '../../core/all-pages.ts';
import type { ClientOptions } from '../../core/client-options.ts';
import { allRules } from '../all-rules.ts';

/** The names of all event buses; the SDK has no paginator for them. */
export async function busNames(options: ClientOptions): Promise<readonly string[]> {
  const client = new EventBridgeClient(options);
  const buses = await allPages(
    (NextToken) => client.send(new ListEventBusesCommand({ NextToken })),
    ({ EventBuses, NextToken }) => ({ items: EventBuses, next: NextToken }),
  );
  return buses.flatMap(({ Name }) => Name ?? []);
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
