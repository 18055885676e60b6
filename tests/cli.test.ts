import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allExecutions } from '../packages/signalbox/src/cli/find-execution.ts';
import { isJsonObject, type Json, type JsonObject } from '../packages/signalbox/src/core/json.ts';
import { type CliRun, runAtTerminal, runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

let rehearsal: StartedRehearsal;

const ESC = '\u001b';

/** Runs a command against the rehearsal. */
const run = (...args: readonly string[]): Promise<CliRun> =>
  runCli('--endpoint-url', rehearsal.runtime.url, ...args);

/** Puts an event and waits for what comes of it. */
async function put(file: string): Promise<void> {
  const { exitCode, stderr } = await run('event', 'put', `scenarios/orders/entries/${file}.json`);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  await rehearsal.runtime.settled();
}

/** Puts an order that waits for the carrier, under an id of its own. */
async function putFreight(orderId: string): Promise<void> {
  const text = readFileSync('scenarios/orders/entries/aborted-order.json', 'utf8');
  const file = join(mkdtempSync(join(tmpdir(), 'signalbox-cli-')), 'freight.json');
  writeFileSync(file, text.replaceAll('ord-aborted-order', orderId));
  expect(await run('event', 'put', file)).toMatchObject({ exitCode: 0 });
  await rehearsal.runtime.settled();
}

/** The name of the newest execution of the orders' state machine. */
async function newestOrder(): Promise<string> {
  const executions = await allExecutions(new SFNClient(rehearsal.stage.client));
  const orders = rehearsal.stage.physicalId('OrderProcessingStateMachine');
  const found = executions.find(({ stateMachineArn }) => stateMachineArn === orders);
  if (found?.name === undefined) throw new RangeError(`No execution of ${orders}`);
  return found.name;
}

beforeAll(async () => {
  rehearsal = await startRehearsal();
  await put('happy-order');
});
afterAll(() => rehearsal?.runtime.close());

describe('signalbox ls and describe', () => {
  test('list executions, newest first, in columns', async () => {
    const { exitCode, stdout, stderr } = await run('ls');
    const [header, row] = stdout.split('\n');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(header).toMatch(/^NAME +STATE MACHINE +STATUS +STARTED +DURATION$/);
    expect(row).toMatch(/^[\w-]{36} {2}signalbox-local-order-processing {2}SUCCEEDED {2}\d{4}-/);
  });

  test('filter by machine and status, and say when nothing is there', async () => {
    expect((await run('ls', 'processing')).stdout).toContain('order-processing');
    expect((await run('ls', 'reconciliation')).stdout).not.toContain('SUCCEEDED');
    expect(await run('ls', '--status', 'TIMED_OUT')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No executions\n',
    });
    const wrong = await run('ls', '--status', 'BROKEN');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(/Allowed choices are RUNNING, SUCCEEDED/);
  });

  test('find an execution by @last, its name, a beginning of its name, or its ARN', async () => {
    const name = await newestOrder();
    for (const id of ['@last', name, name.slice(0, 8)]) {
      const { exitCode, stdout } = await run('describe', id);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Execution: +arn:aws:states:.*:${name}$`, 'm'));
      expect(stdout).toMatch(/^Status: +SUCCEEDED$/m);
    }
    const { executionArn } = dataOf(await run('--json', 'describe', '@last'));
    expect((await run('describe', String(executionArn))).exitCode).toBe(0);
  });

  test('exit with 3 for what is not there, and with 2 for what is not unique', async () => {
    expect(await run('describe', 'no-such')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'No execution "no-such": "signalbox ls" shows what there is\n',
    });
    const arn = 'arn:aws:states:us-east-1:123456789012:execution:gone:gone';
    expect(await run('describe', arn)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^ExecutionDoesNotExist: .*\n$/),
    });
    expect(await run('describe', '@first')).toMatchObject({ exitCode: 2 });
  });
});

describe('signalbox definition --stack', () => {
  test('reads the workflow that is deployed, by its logical id', async () => {
    const { stackName } = rehearsal.runtime.app();
    const ofStack = await run('--stack', stackName, 'definition', 'OrderProcessingStateMachine');
    const ofFiles = await run('definition', 'OrderProcessingStateMachine');

    expect({ exitCode: ofStack.exitCode, stderr: ofStack.stderr }).toEqual({
      exitCode: 0,
      stderr: '',
    });
    expect(JSON.parse(ofStack.stdout)).toHaveProperty('StartAt', 'ValidateOrder');
    // The files do not say where the stack's queues are.
    expect(ofStack.stdout).toContain(`"${rehearsal.runtime.url}/123456789012/`);
    expect(ofStack.stdout).toBe(
      ofFiles.stdout.replaceAll('http://127.0.0.1:4700', rehearsal.runtime.url),
    );
  });

  test('exits with 3 where the stack has no such workflow', async () => {
    const { stackName } = rehearsal.runtime.app();
    expect(await run('--stack', stackName, 'definition', 'Nothing')).toMatchObject({ exitCode: 3 });
  });
});

describe('signalbox history', () => {
  test('shows the columns of the console, filtered as asked', async () => {
    const all = await run('history', '@last');
    expect(all.exitCode).toBe(0);
    expect(all.stdout.split('\n')[0]).toMatch(/^ID +TYPE +STEP +RESOURCE +STARTED AFTER +DETAIL$/);
    expect(all.stdout).toMatch(/ExecutionStarted/);

    const state = await run('history', '@last', '--state', 'ChargePayment', '--reverse');
    const steps = state.stdout.trim().split('\n').slice(1);
    expect(steps[0]).toMatch(/TaskStateExited +ChargePayment/);
    expect(steps.every((line) => line.includes('ChargePayment'))).toBe(true);
    expect((await run('history', '@last', '--grep', 'tok_approve')).stdout).toMatch(
      /TaskSucceeded/,
    );
    expect(await run('history', '@last', '--grep', '(')).toMatchObject({ exitCode: 2 });
  });

  test('keeps each event on one line', async () => {
    const { stdout } = await run('history', '@last', '--wide');
    const { events } = dataOf(await run('--json', 'history', '@last'));
    expect(stdout.trim().split('\n')).toHaveLength(1 + listOf(events).length);
  });

  test('prints the events of GetExecutionHistory as JSON', async () => {
    const data = dataOf(await run('--json', 'history', '@last', '--type', 'ExecutionStarted'));
    expect(data).toMatchObject({
      version: 1,
      events: [{ id: 1, previousEventId: 0, type: 'ExecutionStarted' }],
    });
  });
});

describe('signalbox at a terminal', () => {
  test.each([['ls'], ['history', '@last'], ['tail', '@last'], ['metrics'], ['event', 'ls']])(
    'prints no line of "%s %s" that is wider, and colours what is a status',
    async (...args) => {
      const url = rehearsal.runtime.url;
      const { exitCode, stdout } = await runAtTerminal(110, '--endpoint-url', url, ...args);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`${ESC}[`);
      const lines = linesOf(stripVTControlCharacters(stdout));
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.filter((line) => line.length > 110)).toEqual([]);
    },
  );

  test('prints whole lines without colours into a pipe', async () => {
    const { stdout } = await run('history', '@last');
    expect(stdout).not.toContain(ESC);
    expect(Math.max(...linesOf(stdout).map((line) => line.length))).toBeGreaterThan(200);
  });
});

describe('signalbox stop', () => {
  test('says when the execution had ended before', async () => {
    const name = await newestOrder();
    const { exitCode, stdout } = await run('stop', name);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^Not running: arn:.*:${name} ended with SUCCEEDED at \\d{4}-`),
    );
    expect((await run('describe', name)).stdout).toMatch(/^Status: +SUCCEEDED$/m);
  });
});

describe('signalbox tail', () => {
  test('ends as the execution did: 0 succeeded, 1 failed, 5 aborted', async () => {
    const succeeded = await run('tail', '@last');
    expect(succeeded.exitCode).toBe(0);
    expect(succeeded.stdout).toMatch(/ExecutionSucceeded/);

    await put('malformed-order');
    expect(await run('tail', await newestOrder())).toMatchObject({ exitCode: 1 });

    await putFreight('ord-to-stop');
    const name = await newestOrder();
    expect(await run('stop', name, '--cause', 'A test')).toMatchObject({ exitCode: 0 });
    expect(await run('tail', name)).toMatchObject({ exitCode: 5 });
    await rehearsal.runtime.settled();
  });

  test('ends with 4 where the execution timed out', async () => {
    const { arn } = await timingOut();
    await rehearsal.runtime.settled();
    expect(await run('tail', arn)).toMatchObject({ exitCode: 4 });
  });

  test('prints one JSON value a line', async () => {
    const { stdout } = await run('--json', 'tail', '@last');
    const values = linesOf(stdout).map((line): JsonObject => JSON.parse(line));
    expect(values[0]).toMatchObject({ version: 1, id: 1, type: 'ExecutionStarted' });
  });
});

describe('signalbox history @last-failed --failed', () => {
  test('shows what failed, and why in the last line', async () => {
    const { stdout } = await run('history', '@last-failed', '--failed');
    const lines = linesOf(stdout);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.slice(1, -1).every((line) => /Failed|TimedOut|Aborted/.test(line))).toBe(true);
  });
});

describe('signalbox event put', () => {
  test('prints an id for each event, or data', async () => {
    const text = await run('event', 'put', 'events/orders/order-placed.json');
    expect(text.stdout).toMatch(/signalbox\.orders OrderPlaced +signalbox-local-orders +[\w-]{36}/);
    const file = 'scenarios/orders/entries/malformed-order.json';
    const data = dataOf(await run('--json', 'event', 'put', file));
    expect(data).toMatchObject({ version: 1, failedEntryCount: 0 });
    await rehearsal.runtime.settled();
  });

  test('says where its file is wrong', async () => {
    expect(await run('event', 'put', 'no-such.json')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'Cannot read no-such.json: no such file\n',
    });
    const notJson = await run('event', 'put', 'template.yaml');
    expect(notJson).toMatchObject({ exitCode: 2, stdout: '' });
    expect(notJson.stderr).toMatch(/^template\.yaml:1: Cannot read the JSON: .*\n$/);
    const notAnEvent = await run('event', 'put', 'package.json');
    expect(notAnEvent.exitCode).toBe(2);
    expect(notAnEvent.stderr).toMatch(/^package\.json: .*write \{"Source", "DetailType"/);
  });
});

describe('signalbox invoke', () => {
  test('prints the answer on stdout and the log on stderr', async () => {
    const input = 'events/invoke/orders/validate-order.json';
    const { exitCode, stdout, stderr } = await run('invoke', 'ValidateOrder', '-e', input);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ order: { orderId: 'ord-invoke-validate-order' } });
    expect(stderr).toMatch(/^START RequestId: /);
  });

  test('exits with 1 where the function fails, and with 3 where there is none', async () => {
    const failed = await run('--json', 'invoke', 'ValidateOrderFunction');
    expect(failed.exitCode).toBe(1);
    expect(dataOf(failed)).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'InvalidOrderError' },
    });
    const none = await run('invoke', 'ValidateOrdr');
    expect(none.exitCode).toBe(3);
    expect(none.stderr).toMatch(
      /^No function "ValidateOrdr" in the stack: it has .*\bValidateOrder,.*\n$/,
    );
  });
});

describe('signalbox send-token', () => {
  test('answers for the carrier, and the order goes on', async () => {
    await putFreight('ord-to-ship');
    const name = await newestOrder();
    expect((await run('ls', '--status', 'RUNNING')).stdout).toContain(name);
    const sent = await run('send-token', 'success', name, '--output', '{"trackingId":"T-1"}');
    expect(sent).toEqual({ exitCode: 0, stdout: `Sent success to ${name}\n`, stderr: '' });
    await rehearsal.runtime.settled();
    expect((await run('describe', name)).stdout).toMatch(/^Status: +SUCCEEDED$/m);
  });

  test('says when nothing waits, and what it can send', async () => {
    expect(await run('send-token', 'success', '@last')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/waits for no task token\n$/),
    });
    const wrong = await run('send-token', 'maybe', '@last');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(/success, failure, heartbeat/);
  });
});

describe('signalbox logs and metrics', () => {
  test('show what one function wrote, and nothing of the others', async () => {
    const { exitCode, stdout } = await run('logs', 'ChargePayment');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT\S+ START RequestId: /m);
    const all = await run('--json', 'logs');
    const names = linesOf(all.stdout).map((line) => String(objectOf(line)['logStreamName']));
    expect(new Set(names.map((name) => name.split(/[/[]/)[3])).size).toBeGreaterThan(5);
    expect(linesOf(all.stdout).length).toBeGreaterThan(linesOf(stdout).length);
  });

  test('sum the metrics that the functions emitted', async () => {
    const { exitCode, stdout } = await run('metrics', 'OrdersConfirmed');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^OrdersConfirmed +Environment=local +3 +3 /m);
    const { metrics } = dataOf(await run('--json', 'metrics'));
    expect(listOf(metrics).length).toBeGreaterThan(3);
  });
});

describe('signalbox', () => {
  test('suggests the command that was meant, and exits with 2', async () => {
    const { exitCode, stdout, stderr } = await run('evnt');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: unknown command 'evnt'\n\(Did you mean event\?\)/);
  });

  test('exits with 7 where nothing answers, and says how to start', async () => {
    const { exitCode, stdout, stderr } = await runCli('--endpoint-url', 'http://127.0.0.1:9', 'ls');
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: '' });
    expect(stderr).toMatch(/^Nothing responds at http:\/\/127\.0\.0\.1:9: start .*npm start.*\n$/);
  });

  test('prints its version', async () => {
    const { version }: { version: string } = JSON.parse(
      readFileSync('packages/signalbox/package.json', 'utf8'),
    );
    expect(await runCli('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each(['bash', 'zsh', 'fish', 'powershell'])(
    'prints a completion of all its commands for %s',
    async (shell) => {
      const { exitCode, stdout } = await runCli('completion', shell);
      expect(exitCode).toBe(0);
      for (const word of ['start', 'test-pattern', 'send-token', 'SUCCEEDED', '@last-failed']) {
        expect(stdout).toContain(word);
      }
      // Names are asked for: of kinds of the tool, and of plug-ins.
      expect(stdout).toMatch(/names(?: =)? '?execution/);
      expect(stdout).toMatch(/names(?: =)? '?scenario/);
    },
  );

  test('refuses a shell that it does not know', async () => {
    const { exitCode, stderr } = await runCli('completion', 'cmd');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Allowed choices are bash, zsh, fish, powershell/);
  });

  test('refuses an endpoint that is no URL', async () => {
    const { exitCode, stderr } = await runCli('--endpoint-url', 'localhost', 'ls');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Write a URL such as http:\/\/127\.0\.0\.1:4700/);
  });
});

/** Starts an execution that can only run out of time. */
async function timingOut(): Promise<{ readonly arn: string }> {
  const client = new SFNClient(rehearsal.stage.client);
  const definition = {
    StartAt: 'Wait',
    TimeoutSeconds: 5,
    States: { Wait: { Type: 'Wait', Seconds: 60, End: true } },
  };
  const [machine] = rehearsal.runtime.app().stateMachines;
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: 'runs-out-of-time',
      roleArn: machine?.roleArn,
      definition: JSON.stringify(definition),
    }),
  );
  const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  return { arn: executionArn };
}

function dataOf({ stdout }: CliRun): JsonObject {
  const data = objectOf(stdout);
  expect(data['version']).toBe(1);
  return data;
}

function objectOf(text: string): JsonObject {
  const value: Json = JSON.parse(text);
  if (isJsonObject(value)) return value;
  throw new TypeError(`No JSON object: ${text}`);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
