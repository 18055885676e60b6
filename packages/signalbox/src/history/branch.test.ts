import { describe, expect, test } from '@jest/globals';
import { createBranch } from './branch.ts';
import type { HistoryEvent } from './history-event.ts';

function history(lastEventId = 0) {
  const events: HistoryEvent[] = [];
  const now = (): Date => new Date(0);
  const branch = createBranch({ now, append: (event) => events.push(event) }, lastEventId);
  return { branch, links: () => events.map(({ id, previousEventId }) => [id, previousEventId]) };
}

describe('createBranch()', () => {
  test('links the first StateEntered to 0, as ExecutionStarted', () => {
    const { branch, links } = history();

    branch.record({ type: 'ExecutionStarted', input: {}, roleArn: 'role' });
    branch.record({ type: 'PassStateEntered', name: 'A', input: {} });
    branch.record({ type: 'PassStateExited', name: 'A', output: {} });

    expect(links()).toEqual([
      [1, 0],
      [2, 0],
      [3, 2],
    ]);
  });

  test('gives each fork a cursor of its own, and all one count', () => {
    const { branch, links } = history();
    branch.record({ type: 'ParallelStateStarted' });
    const [one, other] = [branch.fork(), branch.fork()];

    one.record({ type: 'PassStateEntered', name: 'A', input: {} });
    other.record({ type: 'PassStateEntered', name: 'B', input: {} });
    one.record({ type: 'PassStateExited', name: 'A', output: {} });
    branch.moveTo(other.lastEventId);
    branch.record({ type: 'ParallelStateSucceeded' });

    expect(links()).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 3],
    ]);
  });

  test('counts on from the last event of a history that is there', () => {
    const { branch, links } = history(7);

    branch.record({ type: 'ExecutionRedriven', redriveCount: 1 });

    expect(links()).toEqual([[8, 7]]);
  });

  test('links to 0 what ends an execution from outside', () => {
    const { branch, links } = history(7);

    branch.record({ type: 'ExecutionAborted' });

    expect(links()).toEqual([[8, 0]]);
  });
});
