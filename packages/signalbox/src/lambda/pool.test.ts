import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LambdaHost } from './host.ts';
import { WorkerPool } from './pool.ts';
import { TestProject } from './test-project.ts';

const EMPTY = new TextEncoder().encode('{}');
const COUNTER = 'let count = 0; export const handler = async () => (count += 1);';

describe('the worker pool', () => {
  let project: TestProject;
  let host: LambdaHost | undefined;

  beforeEach(() => {
    project = new TestProject();
  });
  afterEach(async () => {
    await host?.close();
    project.remove();
  });

  async function count(name: string): Promise<unknown> {
    const response = await host?.invoke(name, EMPTY);
    return JSON.parse(new TextDecoder().decode(response?.payload));
  }

  test('starts no worker after its end', async () => {
    const pool = new WorkerPool({
      maximumWorkers: 1,
      doublesBelow: 1,
      idleMs: 60_000,
      patienceMs: 60_000,
    });
    await pool.close();
    let starts = 0;

    void pool.lease('A', '1', () => {
      starts += 1;
      throw new Error('It outlives the pool');
    });

    expect(starts).toBe(0);
  });

  test('ends the worker that was idle longest to make room', async () => {
    for (const name of ['A', 'B', 'C']) project.add(name, COUNTER);
    host = project.createHost({ limits: { maximumWorkers: 2 } });
    for (const name of ['A', 'B', 'A', 'C']) await count(name);

    expect(await count('A')).toBe(3);
    expect(await count('B')).toBe(1);
  });

  test('lets an invocation wait for a worker that is given back', async () => {
    project.add('A', COUNTER);
    host = project.createHost({ limits: { maximumWorkers: 1, patienceMs: 60_000 } });

    const counts = await Promise.all(['A', 'A', 'A'].map(count));

    expect(counts.sort()).toEqual([1, 2, 3]);
  });

  test('lets an invocation wait for its busy worker where there are enough, and not another function', async () => {
    for (const name of ['A', 'B']) project.add(name, COUNTER);
    host = project.createHost({
      limits: { maximumWorkers: 3, doublesBelow: 1, patienceMs: 60_000 },
    });

    const counts = await Promise.all(['A', 'A', 'B'].map(count));

    expect(counts).toEqual([1, 2, 1]);
  });

  test('lets an invocation wait for its busy worker rather than end the idle one of another function', async () => {
    for (const name of ['A', 'B']) project.add(name, COUNTER);
    host = project.createHost({
      limits: { maximumWorkers: 2, doublesBelow: 1, patienceMs: 60_000 },
    });
    await count('B');

    expect(await Promise.all(['A', 'A', 'A'].map(count))).toEqual([1, 2, 3]);
    expect(await count('B')).toBe(2);
  });

  test('starts one more worker for a function whose workers are busy for long', async () => {
    const hangs = 'let count = 0; export const handler = () => ++count === 1 && globalThis.never;';
    project.add('A', `globalThis.never = new Promise(() => {}); ${hangs}`, { timeoutSeconds: 1 });
    project.add('B', COUNTER);
    host = project.createHost({ limits: { maximumWorkers: 9, doublesBelow: 1, patienceMs: 1 } });
    await count('B');

    const counts = await Promise.all(['A', 'A'].map(count));

    expect(counts).toEqual(
      Array(2).fill(expect.objectContaining({ errorType: 'Sandbox.Timedout' })),
    );
  });

  test('makes room for a function without a worker as soon as one is given back', async () => {
    for (const name of ['A', 'B']) project.add(name, COUNTER);
    host = project.createHost({ limits: { maximumWorkers: 1, patienceMs: 60_000 } });

    expect(await Promise.all([count('A'), count('B')])).toEqual([1, 1]);
  });

  test('starts a worker beyond the maximum for a function that the busy ones may wait for', async () => {
    project.add('A', 'export const handler = () => new Promise(() => {});', { timeoutSeconds: 1 });
    project.add('B', COUNTER);
    host = project.createHost({ limits: { maximumWorkers: 1, patienceMs: 1 } });

    const waiting = count('A');

    expect(await count('B')).toBe(1);
    expect(await waiting).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  test('ends a worker that is idle for too long', async () => {
    project.add('A', COUNTER);
    host = project.createHost({ limits: { idleMs: 0 } });
    await count('A');
    // The reaper's timer is due before this one.
    await new Promise((resolve) => setTimeout(resolve, 2));

    expect(await count('A')).toBe(1);
  });
});
