import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../packages/signalbox/src/core/json.ts';
import { generateRun } from './generate-run.ts';

const plan: Json = {
  scenarios: {
    database: { waves: [{ name: 'database', steps: [{ kind: 'aurora-cluster', cluster: 'a' }] }] },
    region: {
      waves: [
        { name: 'application', steps: [{ kind: 'auto-scaling-group', group: 'web' }] },
        { name: 'traffic', steps: [{ kind: 'health-check-object', bucket: 'b', key: 'k' }] },
      ],
    },
  },
};

describe('generateRun()', () => {
  test('makes the same of the same seed, and something else of another', () => {
    expect(generateRun(7, plan)).toEqual(generateRun(7, plan));
    expect(generateRun(8, plan)).not.toEqual({ ...generateRun(7, plan), seed: 8 });
  });

  test('leaves nothing out: every kind of start, answer, stop, fault and time-out comes', () => {
    const runs = Array.from({ length: 2_000 }, (_, seed) => generateRun(seed, plan));
    const requests = runs.flatMap((run) => run.requests);
    const details = requests.flatMap(({ trigger }) =>
      trigger.kind === 'alarm' ? [] : [trigger.detail],
    );
    expect(new Set(requests.map(({ trigger }) => trigger.kind)).size).toBe(3);
    expect(new Set(details.map(({ scenario }) => scenario)).size).toBe(4);
    expect(new Set(details.map(({ mode, kind }) => `${mode} ${kind}`)).size).toBe(6);
    expect(new Set(runs.flatMap(({ answers }) => answers)).size).toBe(3);
    expect(new Set(runs.flatMap(({ faults }) => faults.map(({ fault }) => fault))).size).toBe(21);
    expect(runs.some(({ injectedFaults }) => injectedFaults.length > 0)).toBe(true);
    expect(runs.some(({ stops }) => stops.length > 0)).toBe(true);
    expect(new Set(runs.flatMap(({ words }) => words.map(({ action }) => action))).size).toBe(2);
    expect(runs.some(({ executionTimeoutSeconds }) => executionTimeoutSeconds !== undefined)).toBe(
      true,
    );
    expect(requests.some(({ again }) => again !== undefined)).toBe(true);
    expect(new Set(runs.map((run) => run.requests.length)).size).toBe(3);
  });
});
