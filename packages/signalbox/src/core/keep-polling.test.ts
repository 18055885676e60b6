import { expect, test } from '@jest/globals';
import { AwsError } from './aws-error.ts';
import { keepPolling } from './keep-polling.ts';

test('tells each reason once, and stops without waiting for its pause', async () => {
  const problems: string[] = [];
  const bugs: unknown[] = [];
  const bug = new TypeError('ours');
  const fails = [new AwsError('AccessDenied', 'no'), new AwsError('AccessDenied', 'no'), bug];
  const polling = keepPolling(() => Promise.reject(fails.shift()), {
    name: 'Pipe Ship',
    concurrency: 3,
    onProblem: (text) => problems.push(text),
    onBug: (error) => bugs.push(error),
  });
  await polling.stop();
  expect(problems).toEqual(['Pipe Ship fails: AccessDenied: no']);
  expect(bugs).toEqual([bug]);
});

test('a poll that waits ends with the signal', async () => {
  const signals: AbortSignal[] = [];
  const polling = keepPolling(
    (signal) =>
      new Promise((resolve) => {
        signals.push(signal);
        signal.addEventListener('abort', () => resolve());
      }),
    { name: 'Pipe Ship', onProblem: () => undefined, onBug: () => undefined },
  );
  await polling.stop();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});
