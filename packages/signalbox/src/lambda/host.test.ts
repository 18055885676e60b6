import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LambdaHost } from './host.ts';
import { TestProject } from './test-project.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const project = new TestProject();
let host: LambdaHost;

beforeAll(() => {
  host = project.createHost({ limits: { maximumWorkers: 100, doublesBelow: 100 } });
});
afterAll(async () => {
  await host.close();
  project.remove();
});

async function invoke(name: string, event: unknown = {}) {
  const response = await host.invoke(name, encode(event), { requestId: 'request-1' });
  return { ...response, payload: JSON.parse(new TextDecoder().decode(response.payload)) };
}

describe('invoke()', () => {
  test('returns what the handler returns', async () => {
    project.add('Echo', 'export const handler = async (event: unknown) => ({ event });');

    const response = await invoke('Echo', { total: 3 });

    expect(response.payload).toEqual({ event: { total: 3 } });
    expect(response.functionError).toBeUndefined();
  });

  test('returns null where the handler returns nothing', async () => {
    project.add('Nothing', 'export const handler = async () => {};');

    expect((await invoke('Nothing')).payload).toBeNull();
  });

  test('shows the time of the rehearsal to the function, and leaves its timers alone', async () => {
    project.add(
      'Clock',
      `const loadedAt = new Date().toISOString();
      export const handler = async () => {
        const before = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 5));
        return {
          loadedAt,
          shown: [new Date(), new Date(Date.now()), new Date(Date())].map((date) => date.getFullYear()),
          given: new Date(0).toISOString(),
          isDate: new Date() instanceof Date && new Date().constructor === Date,
          waitedMs: performance.now() - before,
        };
      };`,
    );

    const { payload } = await invoke('Clock');

    expect(payload).toMatchObject({
      shown: [2026, 2026, 2026],
      given: '1970-01-01T00:00:00.000Z',
      isDate: true,
    });
    expect(payload.loadedAt).toMatch(/^2026-01-05T/);
    expect(payload.waitedMs).toBeLessThan(60_000);
  });

  test('runs a handler in CommonJS format, whatever the package.json of the project says', async () => {
    project.write('package.json', '{"type":"module"}');
    const { build } = project.add('Common', 'export const handler = async () => typeof module;');
    project.functions.push({
      ...project.functions.pop()!,
      build: { ...build, format: 'cjs', outExtension: {} },
    });

    expect((await invoke('Common')).payload).toBe('object');
  });

  test('hands over the context object of Lambda', async () => {
    project.add(
      'Context',
      `export const handler = async (_event: unknown, context: any) => ({
        ...context, remainingMs: context.getRemainingTimeInMillis(),
      });`,
      { memoryMb: 192, timeoutSeconds: 20 },
    );

    const response = await host.invoke('Context', encode({}), {
      requestId: 'request-2',
      clientContext: '{"custom":{"trace":"t"}}',
    });
    const context = JSON.parse(new TextDecoder().decode(response.payload));

    expect(context).toMatchObject({
      awsRequestId: 'request-2',
      functionName: 'Context',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:Context',
      memoryLimitInMB: '192',
      logGroupName: '/aws/lambda/Context',
      clientContext: { custom: { trace: 't' } },
    });
    expect(context.logStreamName).toMatch(/^2026\/01\/05\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(context.remainingMs).toBeGreaterThan(0);
    expect(context.remainingMs).toBeLessThanOrEqual(20_000);
  });

  test('gives the environment of Lambda and nothing of the host', async () => {
    process.env['SIGNALBOX_LEAK'] = 'leaked';
    project.add('Environment', 'export const handler = async () => ({ ...process.env });', {
      environment: { ORDERS_TABLE: 'orders' },
    });

    const { payload } = await invoke('Environment');
    delete process.env['SIGNALBOX_LEAK'];

    expect(Object.keys(payload).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL',
      'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE',
      'AWS_LAMBDA_LOG_GROUP_NAME',
      'AWS_LAMBDA_LOG_STREAM_NAME',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'HOME',
      'LAMBDA_RUNTIME_DIR',
      'LAMBDA_TASK_ROOT',
      'LANG',
      'ORDERS_TABLE',
      'PATH',
      'TZ',
      '_HANDLER',
      '_X_AMZN_TRACE_ID',
    ]);
    expect(payload).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_SESSION_TOKEN: 'arn:aws:iam::123456789012:role/Environment',
      AWS_REGION: 'eu-west-1',
      TZ: ':UTC',
      _HANDLER: 'handler.handler',
    });
    expect(payload['_X_AMZN_TRACE_ID']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=/);
  });

  test('keeps a worker and its module state warm', async () => {
    project.add('Counter', 'let count = 0; export const handler = async () => (count += 1);');

    expect((await invoke('Counter')).payload).toBe(1);
    expect((await invoke('Counter')).payload).toBe(2);
  });

  test('lets time stand still while it builds and starts a function, and not while that runs', async () => {
    const stops = { now: 0, all: 0 };
    const standStill = () => {
      stops.now += 1;
      stops.all += 1;
      return () => {
        stops.now -= 1;
      };
    };
    const own = project.createHost({ standStill });
    await own.invoke('Echo', encode({}));
    const cold = { ...stops };
    await own.invoke('Echo', encode({}));
    await own.close();

    expect(cold).toEqual({ now: 0, all: 2 });
    expect(stops).toEqual({ now: 0, all: 3 }); // it asks again whether there is something to build
  });

  test('gives each concurrent invocation its own worker', async () => {
    project.add('Parallel', 'let count = 0; export const handler = async () => (count += 1);');

    const responses = await Promise.all([1, 2, 3].map(() => invoke('Parallel')));

    expect(responses.map(({ payload }) => payload)).toEqual([1, 1, 1]);
  });

  test('refuses what goes beyond the reserved concurrency', async () => {
    project.add('Reserved', 'export const handler = async () => "done";', {
      reservedConcurrency: 1,
    });

    const first = invoke('Reserved');
    const second = invoke('Reserved');

    await expect(second).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      fields: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    });
    expect((await first).payload).toBe('done');
    expect((await invoke('Reserved')).payload).toBe('done');
  });

  test('refuses an unknown function and a runtime that nothing here runs', async () => {
    project.add('Ruby', '', { runtime: 'ruby3.4' });

    await expect(invoke('Missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(invoke('Ruby')).rejects.toMatchObject({ name: 'InvalidRuntimeException' });
  });

  test('stops waiting when the signal aborts', async () => {
    project.add('Slow', 'export const handler = () => new Promise((r) => setTimeout(r, 200));');
    const controller = new AbortController();

    const response = host.invoke('Slow', encode({}), { signal: controller.signal });
    controller.abort(new Error('the caller has gone'));

    await expect(response).rejects.toThrow('the caller has gone');
  });
});

describe('invoke() of a function that fails', () => {
  const SOURCE = `
    class PaymentDeclinedError extends Error {}
    class LiteralName extends Error { override readonly name = 'OutOfStockError'; }
    class NamedByConstructor extends Error { override readonly name = this.constructor.name; }
    export const handler = async ({ kind }: { kind: string }) => {
      if (kind === 'plain') throw new PaymentDeclinedError('no funds');
      if (kind === 'literal') throw new LiteralName('none left');
      if (kind === 'constructor') throw new NamedByConstructor('late');
      throw 'a string';
    };`;

  test('reports the name, message and trace of the error', async () => {
    project.add('Failing', SOURCE);

    const response = await invoke('Failing', { kind: 'literal' });

    expect(response.functionError).toBe('Unhandled');
    expect(response.payload).toEqual({
      errorType: 'OutOfStockError',
      errorMessage: 'none left',
      trace: expect.any(Array),
    });
    expect(response.payload.trace[0]).toContain('none left');
  });

  test('keeps the class name after minifying only with KeepNames', async () => {
    const { build } = project.add('Minified', SOURCE);
    project.functions.push({ ...project.functions.pop()!, build: { ...build, keepNames: false } });

    expect((await invoke('Failing', { kind: 'constructor' })).payload.errorType).toBe(
      'NamedByConstructor',
    );
    expect((await invoke('Minified', { kind: 'constructor' })).payload.errorType).toMatch(
      /^[a-z]{1,2}$/i,
    );
    expect((await invoke('Minified', { kind: 'literal' })).payload.errorType).toBe(
      'OutOfStockError',
    );
    // A class without a name of its own inherits the prototype's, minified or not.
    expect((await invoke('Failing', { kind: 'plain' })).payload.errorType).toBe('Error');
  });

  test('reports what is no error by its type', async () => {
    expect((await invoke('Failing', {})).payload).toEqual({
      errorType: 'string',
      errorMessage: 'a string',
      trace: [],
    });
  });

  test('maps the trace to the TypeScript source where the build has source maps', async () => {
    const { build } = project.add(
      'Mapped',
      `interface Order { readonly id: string }

export const handler = async (order: Order) => {
  throw new Error('no ' + order.id);
};`,
    );
    project.functions.push({ ...project.functions.pop()!, build: { ...build, sourcemap: true } });

    const { payload } = await invoke('Mapped', { id: '7' });

    expect(payload.trace.join('\n')).toContain('functions/Mapped/handler.ts:4:9');
  });

  test('kills a busy loop at the time-out, and keeps what it wrote before', async () => {
    project.add(
      'Busy',
      'export const handler = () => { console.log("one"); console.log("two"); for (;;); };',
      { timeoutSeconds: 1 },
    );

    const response = await invoke('Busy');

    expect(response.functionError).toBe('Unhandled');
    expect(response.payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-1 Error: Task timed out after 1.00 seconds',
    });
    expect(response.durationMs).toBe(1000);
    expect(response.logTail).toMatch(
      /INFO\tone\n.*INFO\ttwo\n.*Task timed out after 1\.00 seconds/,
    );
    expect(response.logTail).toMatch(/REPORT .*Duration: 1000\.00 ms.*Status: timeout\n$/);
  });

  test('starts a new worker after a time-out', async () => {
    expect((await invoke('Busy')).payload.errorType).toBe('Sandbox.Timedout');
  });

  test.each([
    ['large arrays', 'for (;;) kept.push(new Array(2e7).fill(1));'],
    ['buffers', 'for (;;) kept.push(Buffer.alloc(5e7, 1));'],
  ])('ends a function that fills memory with %s, and nothing else', async (_, code) => {
    project.add(
      'Filling',
      `const kept: unknown[] = [];
      export const handler = () => { ${code} };`,
      { memoryMb: 128, timeoutSeconds: 60 },
    );
    project.add('Small', "export const handler = async () => 'done';");

    const response = await invoke('Filling');

    expect(response.payload.errorType).toBe('Runtime.OutOfMemory');
    expect((await invoke('Small')).payload).toBe('done');
  });

  test('ends a function that keeps more than its memory from call to call', async () => {
    project.add(
      'Keeping',
      `const kept: unknown[] = [];
      export const handler = async () => {
        kept.push(Array.from({ length: 1e6 }, (_, i) => i + 0.5));
        return kept.length;
      };`,
      { memoryMb: 128 },
    );

    const payloads: unknown[] = [];
    while (payloads.length < 100 && typeof (payloads.at(-1) ?? 1) === 'number') {
      payloads.push((await invoke('Keeping')).payload);
    }

    expect(payloads.at(-1)).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    expect((await invoke('Keeping')).payload).toBe(1);
  });

  test('keeps a bound of what a function logs', async () => {
    project.add(
      'Flooding',
      `export const handler = async () => {
        for (let line = 0; line < 200_000; line += 1) console.log('line', line);
      };`,
      { timeoutSeconds: 60 },
    );

    const { logTail } = await invoke('Flooding');

    expect(logTail).toContain('The rehearsal left out 195000 log lines');
  });

  test('reports a function that needs more memory than it has', async () => {
    project.add(
      'Greedy',
      `export const handler = () => {
        const kept: unknown[] = [];
        for (;;) kept.push({ text: 'x'.repeat(100), more: [kept.length] });
      };`,
      { memoryMb: 128 },
    );

    const response = await invoke('Greedy');

    expect(response.payload).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: signal: killed',
    });
    expect(response.logTail).toContain('Status: error\tError Type: Runtime.OutOfMemory');
  });

  test.each([
    ['process.exit(0)', 'Runtime exited without providing a reason'],
    ['process.exit(3)', 'Runtime exited with error: exit status 3'],
    ['setTimeout(() => { throw new Error("late"); })', 'Runtime exited with error: exit status 1'],
    ['void Promise.reject(new Error("late"))', 'Runtime exited with error: exit status 1'],
  ])('reports the end of the process by %s', async (statement, text) => {
    const name = `Exit${project.functions.length}`;
    project.add(name, `export const handler = () => new Promise(() => { ${statement}; });`);

    const response = await invoke(name);

    expect(response.payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: request-1 Error: ${text}`,
    });
    expect(response.logTail).toContain('Status: error\tError Type: Runtime.ExitError');
  });

  test('reports a handler that is not exported', async () => {
    project.add('Unexported', 'export const main = async () => 1;');

    expect((await invoke('Unexported')).payload).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'handler.handler is undefined or not exported',
    });
  });

  test('reports a file that is not there', async () => {
    project.add('Misnamed', 'export const handler = async () => 1;', { handler: 'app.handler' });

    const { payload } = await invoke('Misnamed');

    expect(payload.errorType).toBe('Runtime.ImportModuleError');
    expect(payload.errorMessage).toMatch(/^Error: Cannot find module 'app'/);
  });

  test('reports what the module throws while it is loaded, at every invocation', async () => {
    project.add('Broken', 'throw new RangeError("no table name"); export const handler = 1;');

    for (const _ of [1, 2]) {
      expect((await invoke('Broken')).payload).toMatchObject({
        errorType: 'RangeError',
        errorMessage: 'no table name',
      });
    }
  });

  test('refuses a handler that takes a callback', async () => {
    project.add(
      'Callback',
      'export const handler = (_e: unknown, _c: unknown, done: Function) => done(null, 1);',
    );

    expect((await invoke('Callback')).payload.errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });

  test('reports a result that has no JSON form', async () => {
    project.add('Unserialisable', 'export const handler = async () => 10n;');

    expect((await invoke('Unserialisable')).payload).toMatchObject({
      errorType: 'Runtime.JSONStringifyError',
      errorMessage: 'Unable to stringify response body',
    });
  });

  test('refuses a response above 6 MB', async () => {
    project.add('Large', 'export const handler = async () => "x".repeat(6_291_555);');

    const response = await invoke('Large');

    expect(response.functionError).toBe('Unhandled');
    expect(response.payload).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  test('returns what is wrong with code that does not build', async () => {
    project.add('Unbuildable', '\nimport { gone } from "./gone.ts";\nexport const handler = gone;');

    const response = await invoke('Unbuildable');

    expect(response.payload.errorMessage).toBe(
      'functions/Unbuildable/handler.ts:2: Could not resolve "./gone.ts": correct the path of the import',
    );
    expect(response.logTail).toContain('Could not resolve "./gone.ts"');
  });
});

describe('the log of an invocation', () => {
  test('names its function in the stream of a group that others may share', async () => {
    project.add('Sharing', 'export const handler = () => 1;', { logGroup: 'shop-logs' });

    await invoke('Sharing');

    const streams = project.logs.filter(({ logGroup }) => logGroup === 'shop-logs');
    expect(streams[0]?.logStream).toMatch(/^\d{4}\/\d\d\/\d\d\/Sharing\[\$LATEST\][0-9a-f]{32}$/);
  });

  test('has the lines of Lambda around those of the function', async () => {
    project.add(
      'Talking',
      `console.info('loading');
      export const handler = async () => {
        console.log('order', { id: 7 });
        console.error('two\\nlines');
        process.stdout.write('{"_aws":');
        process.stdout.write('{}}\\nunfinished');
      };`,
    );
    project.logs.length = 0;

    const cold = await invoke('Talking');
    const warm = await invoke('Talking');

    const stamp = '\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z';
    const matching = (pattern: string) => expect.stringMatching(new RegExp(`^${pattern}$`));
    const body = [
      matching(`${stamp}\trequest-1\tINFO\torder { id: 7 }`),
      matching(`${stamp}\trequest-1\tERROR\ttwo\nlines`),
      '{"_aws":{}}',
      'unfinished',
      'END RequestId: request-1',
    ];
    const start = 'START RequestId: request-1 Version: $LATEST';
    const report =
      'REPORT RequestId: request-1\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tMax Memory Used: \\d+ MB';
    expect(project.messages()).toEqual([
      start,
      matching(`${stamp}\tundefined\tINFO\tloading`),
      ...body,
      matching(`${report}\tInit Duration: [\\d.]+ ms`),
      start,
      ...body,
      matching(report),
    ]);
    expect(cold.logTail).toContain('Init Duration');
    expect(warm.logTail).toMatch(/^START RequestId: request-1 Version: \$LATEST\n/);
    expect(new Set(project.logs.map(({ logStream }) => logStream)).size).toBe(1);
    expect(project.logs[0]).toMatchObject({
      functionName: 'Talking',
      logGroup: '/aws/lambda/Talking',
      timestampMs: Date.parse('2026-01-05T10:00:00.000Z'),
    });
  });

  test("has warnings, but not the AWS SDK's about the Node.js of this machine", async () => {
    project.add(
      'Warning',
      `import { setImmediate } from 'node:timers/promises';
      export const handler = async () => {
        process.emitWarning('NodeVersionSupportWarning: upgrade');
        process.emitWarning('the table is old');
        await setImmediate();
      };`,
    );

    const { logTail } = await invoke('Warning');

    expect(logTail).toContain('the table is old');
    expect(logTail).not.toContain('NodeVersionSupportWarning');
  });

  test('has the error of a handler as the runtime writes it', async () => {
    const { logTail } = await invoke('Failing', { kind: 'literal' });

    expect(logTail).toMatch(
      /request-1\tERROR\tInvoke Error \t\{"errorType":"OutOfStockError","errorMessage":"none left",.*"stack":\[/,
    );
  });
});

describe('reload()', () => {
  test('puts a changed handler before the next invocation', async () => {
    const { build } = project.add('Edited', 'export const handler = async () => "before";');
    expect((await invoke('Edited')).payload).toBe('before');

    project.write(build.entryPoints[0]!, 'export const handler = async () => "after, longer";');
    expect((await invoke('Edited')).payload).toBe('before');
    await host.reload();

    expect((await invoke('Edited')).payload).toBe('after, longer');
  });

  test('lets a running invocation end with the code that it began with', async () => {
    const flag = join(project.root, 'go-on');
    const source = (word: string) => `
      import { existsSync } from 'node:fs';
      import { setImmediate } from 'node:timers/promises';
      let calls = 0;
      export const handler = async (event: { waits?: boolean }) => {
        calls += 1;
        while (event.waits && !existsSync(${JSON.stringify(flag)})) await setImmediate();
        return ['${word}', calls];
      };`;
    const { build } = project.add('Retiring', source('old'));
    await invoke('Retiring');

    const running = invoke('Retiring', { waits: true });
    project.write(build.entryPoints[0]!, source('renewed'));
    await host.reload();

    expect((await invoke('Retiring')).payload).toEqual(['renewed', 1]);
    project.write('go-on', '');
    expect((await running).payload).toEqual(['old', 2]);
  });

  test('returns the problems of every function', async () => {
    const problems = await host.reload();

    expect(problems).toEqual(
      expect.arrayContaining([
        {
          file: 'functions/Unbuildable/handler.ts',
          line: 2,
          message: 'Could not resolve "./gone.ts": correct the path of the import',
        },
        {
          file: 'template.yaml',
          line: 12,
          message:
            'Handler "app.handler" of MisnamedFunction names no file that EntryPoints (functions/Misnamed/handler.ts) builds: write the entry point\'s file name before the dot',
        },
      ]),
    );
  });

  test('takes a changed environment from the template at once', async () => {
    const resource = project.add(
      'Setting',
      'export const handler = async () => process.env.MODE;',
      {
        environment: { MODE: 'one' },
      },
    );
    expect((await invoke('Setting')).payload).toBe('one');

    project.functions[project.functions.indexOf(resource)] = {
      ...resource,
      environment: { MODE: 'two' },
    };

    expect((await invoke('Setting')).payload).toBe('two');
  });
});
