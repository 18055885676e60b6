import { NotFound, S3ServiceException } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { answeringClients, runWith } from '../test-clients.ts';
import { healthCheckObject } from './health-check-object.ts';

const step = { kind: 'health-check-object', bucket: 'standby', key: 'stop-web-west' };
const decision = { isPresent: true };

let since: Date | undefined;
let isPublic = true;

beforeEach(() => {
  since = undefined;
  isPublic = true;
});

const { clients, calls } = answeringClients({
  GetBucketPolicyStatus: () => ({ PolicyStatus: { IsPublic: isPublic } }),
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
    [true, 'The policy of s3://standby lets health checkers in'],
    [
      false,
      'Health checkers cannot see s3://standby/stop-web-west: its policy lets nobody in who does not sign',
    ],
  ])('warns of an object that health checkers cannot see: public %p', async (ok, detail) => {
    isPublic = ok;

    const state = await healthCheckObject.stateOf(step, run, 'judge');

    expect(healthCheckObject.judge(step, state, run).checks).toContainEqual({
      name: 'object-public',
      ok,
      level: 'advisory',
      detail,
    });
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

  describe('with objects that declare this Region stopped', () => {
    const own = { bucket: 'standby', key: 'stop-web-east' };
    const peers = { bucket: 'standby-west', key: 'stop-web-east', region: 'us-west-2' };
    const stopped = { ...step, stops: [own, peers] };
    const putAt = new Date('2026-11-01T00:00:00Z');

    /** Both Regions' buckets: what they hold, by bucket and key. */
    function buckets(objects: Map<string, Date>) {
      const idOf = (input: object) => Object.values(input).slice(0, 2).join('/');
      return answeringClients(
        {
          GetBucketPolicyStatus: () => ({ PolicyStatus: { IsPublic: true } }),
          HeadObject: (input) => {
            if (idOf(input) === 'standby-west/lost') throw new Error('ECONNREFUSED');
            const LastModified = objects.get(idOf(input));
            if (LastModified === undefined)
              throw new NotFound({ message: 'Not found', $metadata: {} });
            return { LastModified };
          },
          PutObject: (input) => {
            objects.set(idOf(input), run.now);
            return {};
          },
          DeleteObject: (input) => {
            objects.delete(idOf(input));
            return {};
          },
        },
        ['us-east-1', 'us-west-2'],
      );
    }

    test('locks the one in its own Region, which it changes, and not the peer’s', () => {
      expect(healthCheckObject.targetsOf(stopped, 'us-east-1')).toEqual([
        's3:standby/stop-web-west',
        's3:standby/stop-web-east',
      ]);
    });

    test('removes its own Region’s first, and gives the health checkers time from then', async () => {
      const objects = new Map([
        ['standby/stop-web-east', putAt],
        ['standby/stop-web-west', putAt],
      ]);
      const here = runWith(buckets(objects).clients, { startedAt: run.now });
      const before = await healthCheckObject.stateOf(stopped, here, 'judge');
      const { decision: decided } = healthCheckObject.judge(stopped, before, here);
      const [call, ...more] = healthCheckObject.callsFor(stopped, decided, before, here);

      expect(call).toEqual({
        service: 's3',
        action: 'DeleteObject',
        region: 'us-east-1',
        parameters: { Bucket: 'standby', Key: 'stop-web-east' },
      });
      expect(more).toEqual([]);
      expect(healthCheckObject.progress(stopped, decided, before).status).toBe('pending');
      await healthCheckObject.perform(call!, here);
      const after = await healthCheckObject.stateOf(stopped, here, 'watch');
      expect(healthCheckObject.progress(stopped, decided, after)).toMatchObject({
        status: 'pending',
        detail: 'Present; settled at 2026-11-22T09:31:30.000Z',
      });
      const later = { ...here, now: new Date('2026-11-22T09:31:30Z') };
      expect(
        healthCheckObject.progress(
          stopped,
          decided,
          await healthCheckObject.stateOf(stopped, later, 'watch'),
        ).status,
      ).toBe('done');
      expect(healthCheckObject.reversal(stopped, decided, before, after, here)).toMatchObject({
        kind: 'calls',
        calls: [{ action: 'PutObject', parameters: { Key: 'stop-web-east' } }],
      });
    });

    test('warns of one that lies in the peer’s bucket, and says how it is removed', async () => {
      const { clients: both } = buckets(new Map([['standby-west/stop-web-east', putAt]]));
      const here = runWith(both);
      const state = await healthCheckObject.stateOf(stopped, here, 'judge');
      const { checks, decision: decided } = healthCheckObject.judge(stopped, state, here);

      expect(checks.filter(({ ok }) => !ok)).toEqual([
        {
          name: 'region-not-stopped',
          ok: false,
          level: 'advisory',
          detail:
            's3://standby-west/stop-web-east has kept the traffic away since 2026-11-01T00:00:00.000Z; to let it come: aws s3 rm s3://standby-west/stop-web-east --region us-west-2',
        },
      ]);
      expect(healthCheckObject.callsFor(stopped, decided, state, here)).toMatchObject([
        { action: 'PutObject', parameters: { Key: 'stop-web-west' } },
      ]);
    });

    test('goes on where the peer does not answer', async () => {
      const { clients: both } = buckets(new Map());
      const lost = { ...stopped, stops: [{ ...peers, key: 'lost' }] };
      const here = runWith(both);

      const state = await healthCheckObject.stateOf(lost, here, 'judge');

      expect(healthCheckObject.judge(lost, state, here).checks).toContainEqual({
        name: 'region-not-stopped',
        ok: false,
        level: 'advisory',
        detail: 's3://standby-west/lost cannot be read: Error: ECONNREFUSED',
      });
      expect(await healthCheckObject.stateOf(lost, here, 'watch')).toMatchObject({
        stopsElsewhere: [],
      });
    });
  });
});
