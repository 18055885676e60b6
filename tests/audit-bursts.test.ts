import { PutBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { ListMapRunsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readExecutions } from './rehearsals/read-executions.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

const BUCKETS = ['est-no-configuration', 'est-only-expiration', 'est-tiny-objects'];
const WRITES = 4;

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal();
});
afterAll(() => rehearsal?.runtime.close());

test('a burst of changes is one audit a bucket, without a Map Run', async () => {
  const { client, holdTime, settled } = rehearsal.stage;
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const release = holdTime();
  for (let write = 1; write <= WRITES; write += 1) {
    for (const Bucket of BUCKETS) {
      const TagSet = [{ Key: 'write', Value: `${write}` }];
      await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    }
  }
  release();
  await settled();

  const states = new SFNClient(client);
  const executions = await readExecutions(states, () => true);
  const audits = executions.filter(({ stateMachine }) => stateMachine.endsWith('-audit'));
  const ends = audits.map(({ path }) => path.at(-1)).sort();
  expect(ends).toEqual(
    [
      ...BUCKETS.map(() => 'AuditCompleted'),
      ...Array.from({ length: BUCKETS.length * (WRITES - 1) }, () => 'AlreadyAudited'),
    ].sort(),
  );
  for (const { executionArn } of audits) {
    const { mapRuns } = await states.send(new ListMapRunsCommand({ executionArn }));
    expect(mapRuns).toEqual([]);
  }
});
