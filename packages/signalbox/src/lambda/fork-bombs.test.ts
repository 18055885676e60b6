import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LambdaHost } from './host.ts';
import { TestProject } from './test-project.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const project = new TestProject();
let host: LambdaHost;

beforeAll(() => {
  const running = { concurrentInvocations: 3, functionProcesses: 3, recursions: 5 };
  host = project.createHost({ running, limits: { maximumWorkers: 9, doublesBelow: 9 } });
});
afterAll(async () => {
  await host.close();
  project.remove();
});

async function invoke(name: string, traceHeader?: string) {
  const options = { requestId: 'request-1', ...(traceHeader !== undefined && { traceHeader }) };
  const { payload, functionError } = await host.invoke(name, encode({}), options);
  return { payload: JSON.parse(new TextDecoder().decode(payload)), functionError };
}

describe('a function that starts without bound', () => {
  test('processes: gets EAGAIN, and may start others when some have ended', async () => {
    project.add(
      'Spawn',
      `import { once } from 'node:events';
      import { spawn } from 'node:child_process';
      export const handler = async () => {
        const children: ReturnType<typeof spawn>[] = [];
        let refusal: { code?: string } = {};
        try {
          for (;;) children.push(spawn('sleep', ['60']));
        } catch (error) {
          refusal = error as { code?: string };
        }
        const ends = children.map((child) => once(child, 'exit'));
        for (const child of children) child.kill();
        await Promise.all(ends);
        const later = spawn('true');
        await once(later, 'exit');
        return { started: children.length, code: refusal.code, later: later.exitCode };
      };`,
      { timeoutSeconds: 60 },
    );
    const { payload } = await invoke('Spawn');
    expect(payload).toEqual({ started: 3, code: 'EAGAIN', later: 0 });
  });

  test('threads: gets the error of one that cannot begin', async () => {
    project.add(
      'Threads',
      `import { Worker } from 'node:worker_threads';
      export const handler = async () => {
        const threads: Worker[] = [];
        try {
          for (;;) threads.push(new Worker('setInterval(() => {}, 1000)', { eval: true }));
        } catch (error) {
          await Promise.all(threads.map((thread) => thread.terminate()));
          return { started: threads.length, code: (error as { code?: string }).code };
        }
      };`,
      { timeoutSeconds: 60, memoryMb: 512 },
    );
    const { payload } = await invoke('Threads');
    expect(payload).toEqual({ started: 3, code: 'ERR_WORKER_INIT_FAILED' });
  });

  test('processes from a process of its own: is ended, and its log says why', async () => {
    const source = `import os, time
def handler(event, context):
    for _ in range(20):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    time.sleep(60)
`;
    project.addPlain('Fork', 'app.py', source, { timeoutSeconds: 60 });
    const { payload } = await invoke('Fork');
    expect(payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: signal: killed',
    });
    expect(project.messages()).toContainEqual(
      expect.stringContaining('More than 3 processes and threads at once: ended'),
    );
  });
});

describe('invocations without bound', () => {
  test('are refused beyond what is left of the account by reserved concurrency', async () => {
    project.add('Free', 'export const handler = async () => "done";');
    project.add('Kept', 'export const handler = async () => "done";', { reservedConcurrency: 1 });
    const [first, second, third] = [invoke('Free'), invoke('Free'), invoke('Free')];
    await expect(third).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      fields: { Reason: 'ConcurrentInvocationLimitExceeded' },
    });
    expect((await invoke('Kept')).payload).toBe('done');
    expect([(await first).payload, (await second).payload]).toEqual(['done', 'done']);
    expect((await invoke('Free')).payload).toBe('done');
  });

  test('of what a function starts itself are refused by their depth, and by their number', async () => {
    project.add('Again', 'export const handler = async () => process.env._X_AMZN_TRACE_ID;');
    const again = async (root: string, times: number): Promise<string> => {
      let trace = `Root=${root}`;
      for (let depth = 0; depth < times; depth += 1) trace = (await invoke('Again', trace)).payload;
      return trace;
    };
    const child = await again('wide', 1);
    for (let number = 0; number < 5; number += 1) await invoke('Again', child);
    await expect(invoke('Again', child)).rejects.toMatchObject({
      name: 'RecursiveInvocationException',
      message: expect.stringContaining('Again was invoked 5 times by what it started itself'),
    });
    // Another trace has its own number.
    expect(await again('other', 3)).toContain('Root=other');
  });
});
