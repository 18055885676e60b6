import { describe, expect, test } from '@jest/globals';
import { matchPattern } from '../../packages/signalbox/src/event-patterns/match-pattern.ts';
import { parsePattern } from '../../packages/signalbox/src/event-patterns/parse-pattern.ts';
import { readApp } from '../../packages/signalbox/src/runtime/read-app.ts';

const read = readApp('.', 'http://127.0.0.1:4700');
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const { rules } = read.value;

/** Whether the rule of that logical id takes the event. */
function takes(logicalId: string, event: Parameters<typeof matchPattern>[1]): boolean {
  const rule = rules.find((one) => one.logicalId === logicalId);
  const pattern = parsePattern(rule?.eventPattern ?? null);
  if (!pattern.ok) throw new RangeError(`No rule ${logicalId} with a pattern`);
  return matchPattern(pattern.value, event);
}

describe('DrFailoverStateMachineDatabaseFailed', () => {
  test.each([
    ['CLUSTER', 'web-data', 'RDS-EVENT-0069', true],
    ['DB_INSTANCE', 'web-data-2', 'RDS-EVENT-0031', true],
    ['CLUSTER', 'web-data-archive', 'RDS-EVENT-0069', false],
    ['DB_INSTANCE', 'web-database-1', 'RDS-EVENT-0031', false],
    ['CLUSTER', 'web-data', 'RDS-EVENT-0071', false],
  ])('takes of the %s %s the event %s: %p', (SourceType, SourceIdentifier, EventID, isTaken) => {
    const event = {
      source: 'aws.rds',
      'detail-type': SourceType === 'CLUSTER' ? 'RDS DB Cluster Event' : 'RDS DB Instance Event',
      detail: { SourceType, SourceIdentifier, EventID },
    };

    expect(takes('DrFailoverStateMachineDatabaseFailed', event)).toBe(isTaken);
  });
});
