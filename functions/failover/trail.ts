import { PutCommand, type PutCommandInput, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  array,
  type InferOutput,
  looseObject,
  number,
  object,
  optional,
  record,
  safeParse,
  string,
  unknown,
} from 'valibot';
import { documents, isConditionRefused, readItem } from '../shared/dynamodb.ts';
import { FailoverSchema } from './failover.ts';

/*
 * The audit trail: entries are appended and never changed. An entry's id says what it is, so that a
 * function which is called twice writes once: `claim`, `lock`, `checks-before-approval`, `approval`,
 * `before#<step>`, `called#<step>#<request>`, `done#<step>`, `operator#<step>#<action>`, `skipped#<step>`, `undoing#<step>#<time>`,
 * `undid#<step>#<request>`, `undo#<step>`, `closing`, `closed`.
 */

const CallSchema = object({
  service: string(),
  action: string(),
  region: string(),
  parameters: record(string(), unknown()),
  requestId: optional(string()),
});

/** Whose the failover is. */
export const ClaimantSchema = object({ executionArn: string() });

/** Whose the failover is, and what it is to do. */
export const ClaimSchema = object({
  at: string(),
  executionArn: string(),
  failover: FailoverSchema,
});

/** The findings of a step before it did anything, and its decision. */
export const BeforeSchema = object({
  at: string(),
  stepId: string(),
  kind: string(),
  before: unknown(),
  decision: unknown(),
  calls: array(CallSchema),
});

/** The findings of a step before it did anything. */
export type Before = InferOutput<typeof BeforeSchema>;

/** The run's hold on its locks. */
export const LockEntrySchema = object({
  at: string(),
  fencing: number(),
  targets: array(string()),
});

/** The entry that says that the end is being written down: no step begins any more. */
export const CLOSING = 'closing';

/** An entry of any kind. */
export const TrailEntrySchema = looseObject({
  failoverId: string(),
  entryId: string(),
  at: string(),
});

/** An entry of any kind. */
export type TrailEntry = InferOutput<typeof TrailEntrySchema>;

/** Appends an entry unless there is one of its id. */
export function entryPut(tableName: string, entry: TrailEntry): PutCommandInput {
  return {
    TableName: tableName,
    Item: entry,
    ConditionExpression: 'attribute_not_exists(entryId)',
  };
}

/** Appends an entry; `false` when there was one of its id, which stays as it is. */
export async function appendEntry(tableName: string, entry: TrailEntry): Promise<boolean> {
  try {
    await documents.send(new PutCommand(entryPut(tableName, entry)));
    return true;
  } catch (error) {
    if (isConditionRefused(error)) return false;
    throw error;
  }
}

/** The words for the end of a step. */
export const STEP_ENDS = ['done', 'failed', 'skipped'] as const;

/** The end of a step. */
export interface StepEnd {
  readonly stepId: string;
  readonly word: (typeof STEP_ENDS)[number];
  readonly detail: string;
}

/** Appends the end of a step, unless it has ended so before. */
export async function appendStepEnd(
  tableName: string,
  failoverId: string,
  { stepId, word, detail }: StepEnd,
  at: string,
): Promise<void> {
  await appendEntry(tableName, { failoverId, entryId: `${word}#${stepId}`, at, stepId, detail });
}

/** Reads what a step found before it did anything; undefined when it has not begun. */
export function readBefore(
  tableName: string,
  failoverId: string,
  stepId: string,
): Promise<Before | undefined> {
  return readItem(tableName, { failoverId, entryId: `before#${stepId}` }, BeforeSchema);
}

/** Returns whether the failover's end is being written down, or has been. */
export async function isClosing(tableName: string, failoverId: string): Promise<boolean> {
  const key = { failoverId, entryId: CLOSING };
  return (await readItem(tableName, key, TrailEntrySchema)) !== undefined;
}

/** Reads all entries of a failover, the first first. */
export async function readTrail(
  tableName: string,
  failoverId: string,
): Promise<readonly TrailEntry[]> {
  const entries: TrailEntry[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items: items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'failoverId = :failoverId',
        ExpressionAttributeValues: { ':failoverId': failoverId },
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    for (const item of items) {
      const parsed = safeParse(TrailEntrySchema, item);
      if (parsed.success) entries.push(parsed.output);
    }
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
