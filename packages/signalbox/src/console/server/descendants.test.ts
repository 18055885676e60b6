import { describe, expect, test } from '@jest/globals';
import { descendantsOf } from './descendants.ts';

const ARN = 'arn:aws:states:us-east-1:1:execution:orders:one';

describe('descendantsOf()', () => {
  test('finds what was forked of an execution, and what ran it again', async () => {
    const lists: Readonly<Record<string, readonly string[]>> = {
      'orders-signalbox-fork': ['fork-of-one-abc123', 'fork-of-two-abc123'],
      orders: ['again-of-one-def456', 'one', 'again-of-once-def456'],
    };
    const found = await descendantsOf(async (_, __, input) => {
      const machine = 'stateMachineArn' in input ? String(input.stateMachineArn) : '';
      const names = lists[machine.split(':').at(-1) ?? ''] ?? [];
      return { executions: names.map((name) => ({ name, executionArn: `arn:${name}` })) };
    }, ARN);
    expect(found.map(({ name, kind }) => [name, kind])).toEqual([
      ['fork-of-one-abc123', 'fork'],
      ['again-of-one-def456', 'again'],
    ]);
  });

  test('is nothing where there is no machine of forks, and fails as AWS does otherwise', async () => {
    const failing = (name: string) => () => Promise.reject(Object.assign(new Error(), { name }));
    expect(await descendantsOf(failing('StateMachineDoesNotExist'), ARN)).toEqual([]);
    await expect(descendantsOf(failing('AccessDeniedException'), ARN)).rejects.toThrow();
  });
});
