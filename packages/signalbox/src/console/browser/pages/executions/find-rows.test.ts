import { describe, expect, test } from '@jest/globals';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { findRows } from './find-rows.ts';

function row(name: string, status: string, seconds: number, machine = 'orders'): ExecutionRow {
  const machineArn = `arn:aws:states:us-east-1:1:stateMachine:${machine}`;
  const startedMs = Date.UTC(2026, 0, 5);
  const stoppedMs = startedMs + seconds * 1000;
  return { arn: name, name, machineArn, status, startedMs, stoppedMs, redriveCount: 0 };
}

const ROWS = [
  row('one', 'FAILED', 5),
  row('two', 'SUCCEEDED', 90),
  row('three', 'SUCCEEDED', 3, 'refunds'),
];

describe('findRows()', () => {
  test.each([
    ['', ['one', 'two', 'three']],
    ['status=FAILED', ['one']],
    ['status=FAILED,SUCCEEDED&where=workflow=orders', ['one', 'two']],
    ['where=duration>60', ['two']],
    ['where=duration<=5&where=name!=one', ['three']],
    ['where=started>=2026-01-06T00:00:00Z', []],
    ['where=text:REFUND', ['three']],
    ['where=name!:t', ['one']],
    ['where=input:order-7', ['one', 'two', 'three']],
  ])('finds by "%s"', (query, names) => {
    expect(findRows(ROWS, new URLSearchParams(query)).map(({ name }) => name)).toEqual(names);
  });
});
