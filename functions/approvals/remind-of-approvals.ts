import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  type NativeAttributeValue,
  paginateQuery,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { array, parse } from 'valibot';
import { documents, isConditionRefused } from '../shared/dynamodb.ts';
import { logger } from '../shared/logger.ts';
import { putEvents } from '../shared/put-events.ts';
import { approvalsQuery, type IndexedApproval, IndexedApprovalSchema } from './approval-index.ts';

/** The table whose requests people are reminded of, and the event that does. */
export interface ReminderDesk {
  readonly tableName: string;
  readonly keyName: string;
  readonly event: (approval: IndexedApproval) => PutEventsRequestEntry;
}

/** Says whether half of the time to answer has passed, and nobody was reminded. */
export function isReminderDue(
  { requestedAt, answerBy, remindedAt }: IndexedApproval,
  now: string,
): boolean {
  const halfMs = (Date.parse(requestedAt) + Date.parse(answerBy)) / 2;
  return remindedAt === undefined && Date.parse(now) >= halfMs;
}

/** Records that people were reminded, of a request that nobody has answered meanwhile. */
export function remindedUpdate(
  tableName: string,
  key: Readonly<Record<string, NativeAttributeValue>>,
  now: string,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { ...key },
    UpdateExpression: 'SET remindedAt = :now',
    ConditionExpression: '#state = :pending',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':now': now, ':pending': 'PENDING' },
  };
}

/**
 * Reminds of every pending request once half of its time is over: the event first and the record of
 * it second, so that a function that dies between them reminds twice and never not at all.
 * @param now In ISO 8601.
 * @returns The number of requests of which people were reminded.
 */
export async function remindOfApprovals(
  { tableName, keyName, event }: ReminderDesk,
  now: string,
): Promise<{ readonly reminded: number }> {
  const query = approvalsQuery(tableName, { state: 'PENDING', after: undefined }, now);
  let reminded = 0;
  for await (const { Items } of paginateQuery({ client: documents }, query)) {
    const due = parse(array(IndexedApprovalSchema), Items ?? []).filter((approval) =>
      isReminderDue(approval, now),
    );
    for (const approval of due) {
      await putEvents([event(approval)]);
      await record(remindedUpdate(tableName, { [keyName]: approval[keyName] }, now));
      reminded += 1;
    }
  }
  logger.info('Reminded of approvals', { reminded });
  return { reminded };
}

/** An answer that came between the event and its record is what was wanted. */
async function record(update: UpdateCommandInput): Promise<void> {
  try {
    await documents.send(new UpdateCommand(update));
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
}
