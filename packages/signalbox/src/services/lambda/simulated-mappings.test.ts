import { describe, expect, test } from '@jest/globals';
import { simulatedMappings } from './simulated-mappings.ts';

const UUID = '0e000000-0000-4000-8000-0000000000e2';
const source = 'arn:aws:sqs:us-west-2:123456789012:web';
const done: string[] = [];
const note = (verb: string) => (uuid: string) => void done.push(`${verb} ${uuid}`);
const { all, simulated } = simulatedMappings({
  stateOf: ({ enabled }) => (enabled ? 'Enabled' : 'Disabled'),
  hold: note('hold'),
  letGo: note('let go'),
  forget: note('forget'),
});

describe('simulatedMappings()', () => {
  test('takes the mappings of its section, and shows their states', () => {
    simulated.seed({
      eventSourceMappings: [{ uuid: UUID, function: 'consume', source, enabled: false }],
    });

    expect(all()).toMatchObject([{ uuid: UUID, functionName: 'consume', sourceArn: source }]);
    expect(simulated.show()).toEqual({ eventSourceMappings: { [UUID]: 'Disabled' } });
    expect(done).toEqual([`forget ${UUID}`]);
  });

  test('lets one be stuck, or all', () => {
    done.length = 0;
    const { 'mapping-stuck': stuck } = simulated.faults;

    expect(stuck?.start(undefined)).toContain(UUID);
    expect(stuck?.end(UUID)).toContain(UUID);
    expect(() => stuck?.start('another')).toThrow(
      `There is no mapping "another": choose one of ${UUID}`,
    );
    expect(done).toEqual([`hold ${UUID}`, `let go ${UUID}`]);
  });

  test('refuses what is no mapping, with its place', () => {
    expect(() =>
      simulated.seed({ eventSourceMappings: [{ uuid: 'one', function: 'f', source }] }),
    ).toThrow('lambda.eventSourceMappings[0].uuid');
  });
});
