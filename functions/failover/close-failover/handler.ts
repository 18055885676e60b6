import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documents, isConditionRefused } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { openClients } from '../clients.ts';
import type { Failover } from '../failover.ts';
import { isTurnedAway } from '../failover-outcome.ts';
import { freeLocks } from '../hold-locks.ts';
import { failoverMetric } from '../metrics.ts';
import { closingRecord } from '../report/closing-record.ts';
import { reportMarkdown } from '../report/markdown.ts';
import type { ClosingRecord } from '../report/record.ts';
import { claimantOf, failoverOf, lockOf, recordOf } from '../report/trail-folds.ts';
import { appendEntry, CLOSING, readTrail, type TrailEntry } from '../trail.ts';
import {
  type Closed,
  closedAs,
  closingEntry,
  countsOf,
  drillPut,
  reportKey,
} from './close-failover.ts';
import { CloseFailoverSchema, type Closing, toClosing } from './closing.ts';
import { readAfter } from './read-after.ts';

const failoversTable = requiredVariable('FAILOVERS_TABLE');
const locksTable = requiredVariable('FAILOVER_LOCKS_TABLE');
const reportsBucket = requiredVariable('REPORTS_BUCKET');
const region = requiredVariable('AWS_REGION');
const clients = openClients();
const reports = new S3Client({});

/** Ends a failover, whoever says that it has ended, and as often as that is said. */
export const handler = taskHandler({
  input: CloseFailoverSchema,
  correlationId: (input) => toClosing(input).failoverId,
  run: (input) => close(toClosing(input)),
});

async function close(closing: Closing): Promise<Closed> {
  const { failoverId, executionArn } = closing;
  const owner = claimantOf(await claimedTrail(closing));
  if (owner !== undefined && owner !== executionArn) return closedAs(failoverId, undefined);
  if (owner !== undefined) await barLateness(closing);
  const trail = await readTrail(failoversTable, failoverId);
  const failover = failoverOf(trail);
  const after = await readAfter(clients, region, failover, { trail, now: closing.now });
  const record = closingRecord(closing, failover, trail, after);
  const isNew = await closeTrail(closing, record, owner !== undefined);
  const kept = isNew
    ? counted(record)
    : (recordOf(await readTrail(failoversTable, failoverId)) ?? record);
  await keepDrill(failoverId, failover, kept);
  await putReport(failoverId, kept);
  logger.info('Failover closed', { outcome: kept.outcome, isNew });
  return closedAs(failoverId, kept);
}

/** An execution that was stopped may still claim its failover late: so its end claims it. */
async function claimedTrail(closing: Closing): Promise<readonly TrailEntry[]> {
  const { failoverId, executionArn, outcome, now: at } = closing;
  const trail = await readTrail(failoversTable, failoverId);
  const wasStopped = outcome === 'aborted' || outcome === 'timed-out';
  if (!wasStopped || claimantOf(trail) !== undefined) return trail;
  await appendEntry(failoversTable, { failoverId, entryId: 'claim', at, executionArn });
  return readTrail(failoversTable, failoverId);
}

/** A function that outlives its run must take no lock, and begin no step of which the closing entry does not tell. */
async function barLateness({ failoverId, now: at }: Closing): Promise<void> {
  await appendEntry(failoversTable, { failoverId, entryId: CLOSING, at });
}

/** Appends the closing entry; then frees what is held, whatever became of the entry. */
async function closeTrail(
  closing: Closing,
  record: ClosingRecord,
  isOurs: boolean,
): Promise<boolean> {
  const { failoverId, executionArn } = closing;
  try {
    return await appendEntry(failoversTable, closingEntry(closing, record, isOurs));
  } finally {
    const lock = lockOf(await readTrail(failoversTable, failoverId));
    if (isOurs && lock !== undefined) {
      const hold = { executionArn, fencing: lock.fencing };
      const forgetsStart = isTurnedAway(record.outcome);
      await freeLocks(locksTable, lock.targets, hold, { forgetsStart });
    }
  }
}

function counted(record: ClosingRecord): ClosingRecord {
  for (const { name, value, by } of countsOf(record)) failoverMetric(name, value, by);
  return record;
}

async function keepDrill(
  failoverId: string,
  failover: Failover | undefined,
  { outcome, at }: ClosingRecord,
): Promise<void> {
  if (failover?.kind !== 'drill' || outcome !== 'completed') return;
  try {
    await documents.send(new PutCommand(drillPut(failoversTable, failoverId, failover, at)));
  } catch (error) {
    if (!isConditionRefused(error)) throw error;
  }
}

async function putReport(failoverId: string, record: ClosingRecord): Promise<void> {
  const key = reportKey(failoverId);
  const put = (ending: string, ContentType: string, Body: string) =>
    reports.send(
      new PutObjectCommand({ Bucket: reportsBucket, Key: `${key}.${ending}`, ContentType, Body }),
    );
  await put('json', 'application/json', JSON.stringify({ failoverId, ...record }, null, 2));
  await put('md', 'text/markdown; charset=utf-8', reportMarkdown(failoverId, record));
}
