import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createTestClock } from '../../core/test-clock.ts';
import { Queue } from './queue.ts';
import { withDefaults } from './queue-attributes.ts';

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), delaySeconds: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ kind: fc.constant('receive' as const), limit: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('delete' as const) }),
  fc.record({ kind: fc.constant('extend' as const), seconds: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ kind: fc.constant('advance' as const), seconds: fc.integer({ min: 0, max: 40 }) }),
);

test('a message is in one queue until it is deleted, and nobody gets it while another holds it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = createTestClock();
      const kept = { set() {}, delete() {} };
      const place = { url: '', clock, onChange: () => {}, kept };
      const times = { createdAtMs: 0, lastModifiedAtMs: 0, purgedAtMs: undefined, tags: {} };
      const deadLetters = new Queue(
        { ...place, name: 'dead', arn: 'arn:dead', queueByArn: () => undefined },
        { ...times, attributes: withDefaults({}) },
      );
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:dead', maxReceiveCount: 3 });
      const queue = new Queue(
        { ...place, name: 'live', arn: 'arn:live', queueByArn: () => deadLetters },
        { ...times, attributes: withDefaults({ RedrivePolicy, VisibilityTimeout: '10' }) },
      );
      const heldUntilMs = new Map<string, number>();
      const handles: string[] = [];
      let sent = 0;
      let deleted = 0;

      for (const action of steps) {
        const nowMs = clock.now().getTime();
        const held = queue.messageOf(handles.at(-1) ?? '');
        if (action.kind === 'send') {
          const given = { body: 'x', attributes: {}, senderId: '', traceHeader: undefined };
          queue.send({ ...given, groupId: undefined }, action.delaySeconds);
          sent += 1;
        } else if (action.kind === 'receive') {
          for (const { id, receiptHandle, receiveCount } of queue.receive(action.limit, 10)) {
            expect(heldUntilMs.get(id) ?? 0).toBeLessThanOrEqual(nowMs);
            expect(receiveCount).toBeLessThanOrEqual(3);
            heldUntilMs.set(id, nowMs + 10_000);
            handles.push(receiptHandle ?? '');
          }
        } else if (action.kind === 'delete' && held !== undefined) {
          queue.delete(held);
          deleted += 1;
        } else if (action.kind === 'extend' && held?.state === 'in-flight') {
          queue.changeVisibility(held, action.seconds);
          heldUntilMs.set(held.id, nowMs + action.seconds * 1000);
        } else if (action.kind === 'advance') {
          await clock.advance(action.seconds * 1000);
        }
      }

      const states = ['delayed', 'visible', 'in-flight'] as const;
      const inQueues = states.reduce(
        (sum, state) => sum + queue.countOf(state) + deadLetters.countOf(state),
        0,
      );
      expect(inQueues).toBe(sent - deleted);
      expect(clock.pending()).toBe(queue.countOf('delayed') + queue.countOf('in-flight'));
    }),
    { numRuns: 200 },
  );
});
