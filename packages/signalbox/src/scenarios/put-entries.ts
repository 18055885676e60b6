import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { EventResult } from './scenario-result.ts';
import type { Stage } from './stage.ts';

/** Puts the entries; returns their ids, or what the bus refused. */
export async function putEntries(
  stage: Stage,
  entries: readonly PutEventsRequestEntry[],
): Promise<readonly (string | EventResult)[]> {
  const client = new EventBridgeClient(stage.client);
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
  return Entries.map(({ EventId, ErrorCode, ErrorMessage }, index) =>
    EventId === undefined ? refused(entries[index], `${ErrorCode}: ${ErrorMessage}`) : EventId,
  );
}

function refused(entry: PutEventsRequestEntry | undefined, remark: string): EventResult {
  const { Source: source = '', DetailType: detailType = '' } = entry ?? {};
  return { eventId: '', source, detailType, rules: [], remarks: [remark], executionArns: [] };
}
