import { NotFound, S3ServiceException } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { answeringClients, runWith } from '../test-clients.ts';
import { healthCheckObject } from './health-check-object.ts';

const step = { kind: 'health-check-object', bucket: 'standby', key: 'stop-web-west' };
const decision = { isPresent: true };

let since: Date | undefined;

beforeEach(() => {
  since = undefined;
});

const { clients, calls } = answeringClients({
  HeadObject: () => {
    if (since === undefined) throw new NotFound({ message: 'Not found', $metadata: {} });
    return { LastModified: since };
  },
  PutObject: () => ({}),
  DeleteObject: () => ({}),
});
const run = runWith(clients);

describe('healthCheckObject', () => {
  test('puts the object where it is absent', async () => {
    const state = await healthCheckObject.stateOf(step, run, 'judge');

    const [call] = healthCheckObject.callsFor(step, decision, state, run);

    expect(call).toEqual({
      service: 's3',
      action: 'PutObject',
      region: 'us-east-1',
      parameters: { Bucket: 'standby', Key: 'stop-web-west', Body: '{"failoverId":"fo-1"}' },
    });
    await healthCheckObject.perform(call!, run);
    expect(calls.at(-1)).toMatchObject({ action: 'PutObject', input: call!.parameters });
  });

  test.each([
    [403, 'access is denied'],
    [503, 'S3 answers 503'],
  ])('says why the object cannot be read: an answer %i names no error', async (status, reason) => {
    const refusing = answeringClients({
      HeadObject() {
        throw new S3ServiceException({
          name: 'Unknown',
          $fault: 'server',
          $metadata: { httpStatusCode: status },
        });
      },
    });

    await expect(
      healthCheckObject.stateOf(step, runWith(refusing.clients), 'judge'),
    ).rejects.toMatchObject({
      name: 'ObjectUnreadableError',
      message: `Cannot read s3://standby/stop-web-west: ${reason}`,
    });
  });

  test('is done once the health checkers have had the time to notice', async () => {
    const status = async (now: string) =>
      healthCheckObject.progress(
        step,
        decision,
        await healthCheckObject.stateOf(step, runWith(clients, { now: new Date(now) }), 'watch'),
      ).status;

    expect(await status('2026-11-22T09:30:00Z')).toBe('pending');
    since = new Date('2026-11-22T09:30:00Z');
    expect(await status('2026-11-22T09:31:29Z')).toBe('pending');
    expect(await status('2026-11-22T09:31:30Z')).toBe('done');
  });

  test('takes the object away again, for a failback and after a graceful run that failed', async () => {
    const before = await healthCheckObject.stateOf(step, run, 'judge');
    since = new Date('2026-11-22T09:30:00Z');
    const after = await healthCheckObject.stateOf(step, run, 'watch');
    const back = { ...step, object: 'absent' };

    expect(healthCheckObject.callsFor(back, { isPresent: false }, after, run)).toMatchObject([
      { action: 'DeleteObject', parameters: { Bucket: 'standby', Key: 'stop-web-west' } },
    ]);
    expect(healthCheckObject.reversal(step, decision, before, after, run)).toMatchObject({
      kind: 'calls',
      calls: [{ action: 'DeleteObject' }],
    });
    expect(
      healthCheckObject.reversal(step, decision, before, after, { ...run, mode: 'ungraceful' })
        .kind,
    ).toBe('kept');
    expect(healthCheckObject.reversal(step, decision, before, before, run).kind).toBe('undone');
  });
});
