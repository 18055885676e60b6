import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LambdaHost } from '../host.ts';
import { TestProject } from '../test-project.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const project = new TestProject();
let host: LambdaHost;

beforeAll(() => {
  host = project.createHost();
});
afterAll(async () => {
  await host.close();
  project.remove();
});

async function invoke(name: string, event: unknown = {}) {
  project.logs.length = 0;
  const response = await host.invoke(name, encode(event), { requestId: 'request-1' });
  const text = new TextDecoder().decode(response.payload);
  return { ...response, text, payload: JSON.parse(text) };
}

/** The messages between START and END. */
function logged(): string[] {
  return project.messages().filter((message) => !/^(START|END|REPORT)/.test(message));
}

describe('a Python function', () => {
  test('gets the event and returns its result', async () => {
    project.addPlain('Echo', 'app.py', 'def handler(event, context):\n  return {"event": event}\n');

    const response = await invoke('Echo', { name: 'Zoë', total: 3 });

    expect(response.payload).toEqual({ event: { name: 'Zoë', total: 3 } });
    expect(response.functionError).toBeUndefined();
  });

  test('gets the context of Lambda', async () => {
    project.addPlain(
      'Context',
      'app.py',
      `import os
def handler(event, context):
    return {
        "id": context.aws_request_id, "arn": context.invoked_function_arn, "name": context.function_name,
        "memory": context.memory_limit_in_mb, "group": context.log_group_name, "version": context.function_version,
        "custom": context.client_context.custom, "remaining": context.get_remaining_time_in_millis(),
        "trace": os.environ["_X_AMZN_TRACE_ID"],
    }
`,
      { timeoutSeconds: 20 },
    );

    const response = await host.invoke('Context', encode({}), {
      requestId: 'request-2',
      clientContext: '{"custom":{"word":"Zoë"}}',
      traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    });
    const context = JSON.parse(new TextDecoder().decode(response.payload));

    expect(context).toMatchObject({
      id: 'request-2',
      arn: 'arn:aws:lambda:eu-west-1:123456789012:function:Context',
      name: 'Context',
      memory: '256',
      group: '/aws/lambda/Context',
      version: '$LATEST',
      custom: { word: 'Zoë' },
      trace: expect.stringMatching(
        /^Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1;Lineage=[0-9a-f]{8}:1$/,
      ),
    });
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(20_000);
  });

  test('gets the environment of Lambda and nothing of the host', async () => {
    process.env['SIGNALBOX_LEAK'] = 'leaked';
    project.addPlain(
      'Environment',
      'app.py',
      'import os\ndef handler(event, context):\n  return dict(os.environ)\n',
      { environment: { ORDERS_TABLE: 'orders' } },
    );

    const { payload } = await invoke('Environment');
    delete process.env['SIGNALBOX_LEAK'];

    expect(payload).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_EXECUTION_ENV: 'AWS_Lambda_python3.12',
      AWS_LAMBDA_FUNCTION_NAME: 'Environment',
      AWS_REGION: 'eu-west-1',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LAMBDA_TASK_ROOT: `${project.root}/functions/Environment`,
      ORDERS_TABLE: 'orders',
      TZ: ':UTC',
      _HANDLER: 'app.handler',
    });
    expect(payload['SIGNALBOX_LEAK']).toBeUndefined();
    expect(payload['SIGNALBOX_CLOCK_OFFSET_MS']).toBeUndefined();
    expect(payload['_LAMBDA_TELEMETRY_LOG_FD']).toBeUndefined();
  });

  test('sees the time of the rehearsal, and keeps the classes of datetime what they are', async () => {
    project.addPlain(
      'Clock',
      'app.py',
      `import datetime, pickle, time
from datetime import datetime as renamed
def handler(event, context):
    now = renamed.now()
    return {
        "years": [now.year, renamed.utcnow().year, datetime.date.today().year, time.gmtime().tm_year,
                  time.gmtime(time.time()).tm_year, renamed.now(datetime.timezone.utc).year],
        "same": type(now) is datetime.datetime and pickle.loads(pickle.dumps(now)) == now,
        "given": datetime.datetime.fromtimestamp(0, datetime.timezone.utc).isoformat(),
        "real": time.monotonic() > 0,
    }
`,
    );

    expect((await invoke('Clock')).payload).toEqual({
      years: [2026, 2026, 2026, 2026, 2026, 2026],
      same: true,
      given: '1970-01-01T00:00:00+00:00',
      real: true,
    });
  });

  // aws-lambda-python-runtime-interface-client, bootstrap.py: handle_event_request and log_error.
  test('reports what it raises as the runtime does', async () => {
    project.addPlain(
      'Raises',
      'app.py',
      `class NoSeats(Exception):
    pass

def take(seats):
    raise NoSeats("none of %d left" % seats)

def handler(event, context):
    return take(3)
`,
    );

    const { payload, functionError } = await invoke('Raises');

    expect(functionError).toBe('Unhandled');
    const file = `${project.root}/functions/Raises/app.py`;
    expect(payload).toEqual({
      errorMessage: 'none of 3 left',
      errorType: 'NoSeats',
      requestId: 'request-1',
      stackTrace: [
        `  File "${file}", line 8, in handler\n    return take(3)\n`,
        `  File "${file}", line 5, in take\n    raise NoSeats("none of %d left" % seats)\n`,
      ].map((line) => expect.stringContaining(line.trimEnd())),
    });
    expect(logged()[0]).toContain(
      `[ERROR] NoSeats: none of 3 left\nTraceback (most recent call last):\n\u00a0\u00a0File "${file}", line 8, in handler`,
    );
  });

  test('logs by print, by the streams and by logging, in order and in CloudWatch’s form', async () => {
    project.addPlain(
      'Logs',
      'app.py',
      `import logging, sys
logging.getLogger().setLevel("INFO")
print("loaded")
def handler(event, context):
    print("one\\ntwo")
    logging.getLogger(__name__).info("three\\nand more")
    sys.stderr.write("four\\n")
    logging.debug("never")
    print("five", end="")
    return 1
`,
    );

    const { logTail } = await invoke('Logs');

    expect(project.messages()).toEqual([
      'START RequestId: request-1 Version: $LATEST',
      'loaded',
      'one',
      'two',
      expect.stringMatching(
        /^\[INFO\]\t2026-01-05T10:\d\d:\d\d\.\d{3}Z\trequest-1\tthree\nand more\n$/,
      ),
      'four',
      'five',
      'END RequestId: request-1',
      expect.stringMatching(
        /^REPORT RequestId: request-1\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms$/,
      ),
    ]);
    expect(logTail).toContain('four\n');
    expect(new Set(project.logs.map(({ logGroup }) => logGroup))).toEqual(
      new Set(['/aws/lambda/Logs']),
    );
  });

  // lambda_runtime_marshaller.py: simplejson writes decimals as numbers, named tuples as objects.
  test('writes its result as the runtime does', async () => {
    project.addPlain(
      'Numbers',
      'app.py',
      `import collections, decimal
Seat = collections.namedtuple("Seat", "row price")
def handler(event, context):
    return {"seat": Seat(7, decimal.Decimal("10.50")), "word": "Zoë", "pair": (1, None)}
`,
    );

    expect((await invoke('Numbers')).text).toBe(
      '{"seat": {"row": 7, "price": 10.50}, "word": "Zoë", "pair": [1, null]}',
    );
  });

  test('fails where its result is no JSON', async () => {
    project.addPlain('Set', 'app.py', 'def handler(event, context):\n  return {1, 2}\n');

    expect((await invoke('Set')).payload).toMatchObject({
      errorType: 'Runtime.MarshalError',
      errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable',
    });
  });

  test.each([
    [
      'a package is missing',
      'import no_such_package\n',
      'app.handler',
      'Runtime.ImportModuleError',
      "Unable to import module 'app': No module named 'no_such_package'",
    ],
    [
      'the module is missing',
      '',
      'gone.handler',
      'Runtime.ImportModuleError',
      "Unable to import module 'gone': No module named 'gone'",
    ],
    [
      'the function is missing',
      'x = 1\n',
      'app.handler',
      'Runtime.HandlerNotFound',
      "Handler 'handler' missing on module 'app'",
    ],
    [
      'the handler names no function',
      '',
      'app',
      'Runtime.MalformedHandlerName',
      "Bad handler 'app': not enough values to unpack (expected 2, got 1)",
    ],
    [
      'the source does not parse',
      'def handler(event, context):\n  return (\n',
      'app.handler',
      'Runtime.UserCodeSyntaxError',
      "Syntax error in module 'app': '(' was never closed (app.py, line 2)",
    ],
    ['the module raises', 'raise KeyError("TABLE")\n', 'app.handler', 'KeyError', "'TABLE'"],
  ])('says at its start that %s', async (what, source, handler, errorType, errorMessage) => {
    const name = what.replaceAll(' ', '');
    project.addPlain(name, 'app.py', source, { handler });

    const { payload, functionError } = await invoke(name);

    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType, errorMessage, requestId: '' });
    expect(logged()[0]).toContain(`[ERROR] ${errorType}: ${errorMessage}`);
    expect(project.messages().at(-1)).toContain(`Status: error\tError Type: ${errorType}`);
  });

  test('ends with its process, and the next invocation gets another', async () => {
    project.addPlain(
      'Exits',
      'app.py',
      'import os\ndef handler(event, context):\n  if event["exits"]: os._exit(3)\n  return os.getpid()\n',
    );

    const first = await invoke('Exits', { exits: true });
    const second = await invoke('Exits', { exits: false });

    expect(first.payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 3',
    });
    expect(second.payload).toEqual(expect.any(Number));
  });

  test('ends at its time-out, with all that it started', async () => {
    project.addPlain(
      'Sleeps',
      'app.py',
      'import subprocess\ndef handler(event, context):\n  print("begins")\n  subprocess.run(["sleep", "600"])\n',
      { timeoutSeconds: 1 },
    );

    const { payload } = await invoke('Sleeps');

    expect(payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-1 Error: Task timed out after 1.00 seconds',
    });
    expect(project.messages()).toContain('begins');
    expect(project.messages().at(-1)).toContain('Status: timeout');
  });

  test('ends where it takes more memory than it has', async () => {
    project.addPlain(
      'Hungry',
      'app.py',
      `import time
def handler(event, context):
    held = bytearray(400 * 1024 * 1024)
    for at in range(0, len(held), 4096):
        held[at] = 1
    time.sleep(600)
`,
      { memoryMb: 128 },
    );

    expect((await invoke('Hungry')).payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  });

  test('keeps its environment warm, and its threads stand still between invocations', async () => {
    project.addPlain(
      'Warm',
      'app.py',
      `import threading, time
count = 0
def tick():
    global count
    while True:
        count += 1
        time.sleep(0.001)
threading.Thread(target=tick, daemon=True).start()
calls = 0
last = 0
def handler(event, context):
    global calls, last
    calls += 1
    between, last = count - last, count
    return {"calls": calls, "between": between}
`,
    );

    await invoke('Warm');
    // The busy loop of another function takes a while, in which this one's thread would have gone on.
    project.addPlain(
      'Busy',
      'app.py',
      'import time\ndef handler(event, context):\n  end = time.monotonic() + 0.3\n  while time.monotonic() < end: pass\n',
    );
    await invoke('Busy');
    const { payload } = await invoke('Warm');

    expect(payload.calls).toBe(2);
    expect(payload.between).toBeLessThan(50);
  });

  test('runs in as many processes as there are invocations at once', async () => {
    project.addPlain(
      'Meets',
      'app.py',
      `import os, pathlib, time
def handler(event, context):
    folder = pathlib.Path(event["folder"])
    (folder / str(os.getpid())).touch()
    while len(list(folder.iterdir())) < 3:
        time.sleep(0.01)
    return os.getpid()
`,
    );
    project.write('meeting-place/none', '');
    const folder = `${project.root}/meeting-place`;

    const both = await Promise.all([1, 2].map(() => host.invoke('Meets', encode({ folder }))));

    const pids = both.map(({ payload }) => new TextDecoder().decode(payload));
    expect(new Set(pids).size).toBe(2);
  });

  test('has a temporary folder of its own', async () => {
    project.addPlain(
      'Temporary',
      'app.py',
      'import tempfile\ndef handler(event, context):\n  return tempfile.gettempdir()\n',
    );

    const { payload } = await invoke('Temporary');

    expect(payload).toMatch(/signalbox-functions-[^/]+\/\d+$/);
  });
});
