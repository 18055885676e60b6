import { describe, expect, test } from '@jest/globals';
import { readMonths, revenueParameters } from './get-monthly-revenue.ts';

const now = new Date('2026-02-10T00:00:00Z');

function asked(queryStringParameters: Record<string, string>) {
  const months = readMonths({ queryStringParameters }, now);
  if (!months.ok) return months.problems.map(({ path }) => path);
  return revenueParameters(months.value).map(({ value }) => ({ ...value }));
}

describe('readMonths()', () => {
  test('are the last twelve, or those that are asked for', () => {
    expect(asked({})).toEqual([
      { stringValue: '2025-03-01T00:00:00Z' },
      { stringValue: '2026-03-01T00:00:00Z' },
    ]);
    expect(asked({ from: '2025-12', to: '2025-12' })).toEqual([
      { stringValue: '2025-12-01T00:00:00Z' },
      { stringValue: '2026-01-01T00:00:00Z' },
    ]);
  });

  test.each([
    [{ from: 'May' }, ['from']],
    [{ from: '2026-13', to: '26' }, ['from', 'to']],
    [{ from: '2026-02', to: '2026-01' }, ['from']],
    [{ from: '2020-01' }, ['from']],
  ])('refuses %j', (query, paths) => {
    expect(asked(query)).toEqual(paths);
  });
});
