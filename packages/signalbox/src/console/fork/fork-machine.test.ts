import { describe, expect, test } from '@jest/globals';
import { forkMachineArn, repeatedArn } from './fork-machine.ts';

const MACHINE = 'arn:aws:states:us-east-1:1:stateMachine:orders';
const EXECUTION = 'arn:aws:states:us-east-1:1:execution:orders';

describe('forkMachineArn()', () => {
  test('is a machine beside the other one, and for forks the same', () => {
    expect(forkMachineArn(MACHINE)).toBe(`${MACHINE}-signalbox-fork`);
    expect(forkMachineArn(`${MACHINE}-signalbox-fork`)).toBe(`${MACHINE}-signalbox-fork`);
  });

  test('cuts a name to the length that AWS allows', () => {
    const long = forkMachineArn(`arn:aws:states:us-east-1:1:stateMachine:${'m'.repeat(80)}`);
    expect(long.split(':').at(-1)).toBe(`${'m'.repeat(65)}-signalbox-fork`);
  });
});

describe('repeatedArn()', () => {
  test.each([
    ['orders', 'one'],
    ['orders-signalbox-fork', 'one'],
    ['orders', 'again-of-one-abc123'],
  ])('leads from %s to the machine itself for "%s"', (machine, original) => {
    const arn = `arn:aws:states:us-east-1:1:execution:${machine}:repeat`;
    expect(repeatedArn(arn, original)).toBe(`${EXECUTION}:${original}`);
  });

  test.each(['fork-of-one-abc123', 'again-of-fork-of-one-abc123-def456'])(
    'leads from a repeat of "%s" to the machine of forks',
    (original) => {
      const arn = `${EXECUTION}-signalbox-fork:repeat`;
      expect(repeatedArn(arn, original)).toBe(`${EXECUTION}-signalbox-fork:${original}`);
    },
  );
});
