import { type Condition, conditionsIn, isDeep } from '../../../search/conditions.ts';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { placeNow } from '../../app/place-time.ts';
import { nameOfArn } from '../../parts/format.ts';

/** Finds the rows that fit all conditions of a URL, and one of its statuses. */
export function findRows(
  rows: readonly ExecutionRow[],
  query: URLSearchParams,
): readonly ExecutionRow[] {
  const statuses = new Set((query.get('status') ?? '').split(',').filter((one) => one !== ''));
  const tests = conditionsIn(query)
    .filter((condition) => !isDeep(condition))
    .map(testOf);
  if (statuses.size === 0 && tests.length === 0) return rows;
  return rows.filter(
    (row) => (statuses.size === 0 || statuses.has(row.status)) && tests.every((test) => test(row)),
  );
}

type Test = (row: ExecutionRow) => boolean;

function testOf({ name, operator, value }: Condition): Test {
  const isNegated = operator.startsWith('!');
  const lower = value.toLowerCase();
  const number = numberIn(name, value);
  return (row) => {
    const found = rowValue(row, name);
    if (typeof found === 'number') return compare(found, operator, number);
    const text = found.toLowerCase();
    const fits = operator.endsWith('=') ? text === lower : text.includes(lower);
    return fits !== isNegated;
  };
}

function compare(found: number, operator: string, number: number): boolean {
  switch (operator) {
    case '>':
      return found > number;
    case '>=':
      return found >= number;
    case '<':
      return found < number;
    case '<=':
      return found <= number;
    case '!=':
      return found !== number;
    default:
      return found === number;
  }
}

/** Durations are said in seconds, times in ISO 8601. */
function numberIn(name: string, value: string): number {
  return name === 'started' ? new Date(value).getTime() : Number(value) * 1000;
}

function rowValue(row: ExecutionRow, name: string): string | number {
  switch (name) {
    case 'workflow':
      return nameOfArn(row.machineArn);
    case 'status':
      return row.status;
    case 'started':
      return row.startedMs;
    case 'duration':
      return (row.stoppedMs ?? placeNow()) - row.startedMs;
    case 'name':
      return row.name;
    default:
      return `${row.name} ${nameOfArn(row.machineArn)} ${row.status} ${row.error ?? ''}`;
  }
}
