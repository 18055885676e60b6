import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { physicalId, type StackPlace, UserError } from 'signalbox';
import { parse } from 'valibot';
import {
  type Backup,
  BackupSchema,
  backupPrefix,
} from '../../functions/lifecycle/repair/backup.ts';

/** The result of a restore. */
export interface Restored {
  readonly backupKey: string;
  readonly backup: Backup;
  /** `restored`, or `left` with the reason why. */
  readonly outcome: string;
  readonly why: string;
}

/**
 * Takes the last repair of a bucket's lifecycle back, through the function that the workflow uses: so it
 * waits for its turn, is backed up itself, and never takes away what somebody has put since.
 * @throws {UserError} When there is no backup, or the function fails.
 */
export async function restoreBackup(place: StackPlace, bucket: string): Promise<Restored> {
  const { Account: accountId = '' } = await new STSClient(place.client).send(
    new GetCallerIdentityCommand({}),
  );
  const reports = await physicalId(place, 'AWS::S3::Bucket', 'ReportsBucket');
  const client = new S3Client(place.client);
  const last = await lastRepair(client, reports, backupPrefix({ accountId, bucket }));
  if (last === undefined) {
    throw new UserError('not-found', `No repair has backed up the lifecycle of "${bucket}"`);
  }
  const { backupKey, backup } = last;
  const { region } = backup;
  const request = {
    kind: 'restore',
    place: { accountId, bucket, region },
    executionArn: `signalbox audit restore ${new Date().toISOString()}`,
    backupKey,
  };
  return { backupKey, backup, ...(await invokeRestore(place, request)) };
}

async function invokeRestore(
  place: StackPlace,
  request: object,
): Promise<{ readonly outcome: string; readonly why: string }> {
  const { FunctionError: error, Payload: payload } = await new LambdaClient(place.client).send(
    new InvokeCommand({
      FunctionName: await physicalId(place, 'AWS::Lambda::Function', 'WriteLifecycle'),
      Payload: Buffer.from(JSON.stringify(request)),
    }),
  );
  const answer: unknown = JSON.parse(Buffer.from(payload ?? []).toString('utf8') || 'null');
  const text = (name: string): string => {
    const isRecord = typeof answer === 'object' && answer !== null;
    return isRecord ? String(Object.entries(answer).find(([key]) => key === name)?.[1] ?? '') : '';
  };
  if (error !== undefined) {
    throw new UserError('invalid', `Cannot restore: ${text('errorType')}: ${text('errorMessage')}`);
  }
  return { outcome: text('outcome'), why: text('why') };
}

/** The newest backup of a repair: what a restore replaced is no repair, and is not put back by another. */
async function lastRepair(
  client: S3Client,
  reports: string,
  prefix: string,
): Promise<Pick<Restored, 'backupKey' | 'backup'> | undefined> {
  for (const backupKey of await backupKeys(client, reports, prefix)) {
    const { Body: body } = await client.send(
      new GetObjectCommand({ Bucket: reports, Key: backupKey }),
    );
    const backup = parse(BackupSchema, JSON.parse((await body?.transformToString()) ?? ''));
    if (backup.kind === 'repair') return { backupKey, backup };
  }
  return undefined;
}

/** Their keys sort by time, here the newest first; what was overtaken lies in a folder beside them. */
async function backupKeys(
  client: S3Client,
  bucket: string,
  prefix: string,
): Promise<readonly string[]> {
  const keys: string[] = [];
  const input = { Bucket: bucket, Prefix: prefix, Delimiter: '/' };
  for await (const { Contents: contents = [] } of paginateListObjectsV2({ client }, input)) {
    keys.push(...contents.flatMap(({ Key: key }) => key ?? []));
  }
  return keys.sort().reverse();
}
