import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CliRun, runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

let rehearsal: StartedRehearsal;
let stateMachineArn: string;
let client: SFNClient;

const run = (...args: readonly string[]): Promise<CliRun> =>
  runCli('--endpoint-url', rehearsal.runtime.url, ...args);

const DEFINITION = {
  StartAt: 'First',
  States: {
    First: { Type: 'Wait', Seconds: 30, Next: 'Check' },
    Check: {
      Type: 'Choice',
      Choices: [{ Variable: '$.ok', BooleanEquals: true, Next: 'Good' }],
      Default: 'Bad',
    },
    Good: { Type: 'Succeed' },
    Bad: { Type: 'Fail', Error: 'NotOk' },
  },
};

/** Starts an execution, waits for its end, and returns its ARN. */
async function start(name: string, input: object): Promise<string> {
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
  );
  await rehearsal.stage.settled();
  return executionArn;
}

beforeAll(async () => {
  rehearsal = await startRehearsal();
  client = new SFNClient(rehearsal.stage.client);
  const made = await client.send(
    new CreateStateMachineCommand({
      name: 'looked-at',
      definition: JSON.stringify(DEFINITION),
      roleArn: 'arn:aws:iam::123456789012:role/any',
    }),
  );
  stateMachineArn = made.stateMachineArn ?? '';
  await start('is-good', { ok: true });
  await start('is-bad', { ok: false });
});
afterAll(() => rehearsal?.runtime.close());

describe('the commands that look at executions', () => {
  test('graph draws the way that was taken', async () => {
    const { exitCode, stdout } = await run('graph', 'is-bad');
    // How long a state took in real time differs.
    expect(stdout.replaceAll(/ · [\d.]+ (ms|s)/g, '')).toBe(
      [
        '✓ First  Wait',
        '│',
        '✓ Check  Choice',
        '├─▶ Good  if $.ok == true',
        '└━▶ Bad  Default',
        '',
        '· Good  Succeed',
        '',
        '✗ Bad  Fail · NotOk',
        '',
      ].join('\n'),
    );
    expect(exitCode).toBe(0);
  });

  test('history --timeline draws when each step was', async () => {
    const { stdout } = await run('history', 'is-bad', '--timeline');
    expect(stdout).toMatch(/^ID .* STARTED AFTER +TIMELINE +DETAIL/m);
    expect(stdout).toMatch(/WaitStateEntered .*░{24}/);
    expect(stdout).toMatch(/FailStateEntered .* {23}█/);
  });

  test('diff says in what two executions differ, and exits 1', async () => {
    const { exitCode, stdout } = await run('diff', 'is-bad', 'is-good');
    expect(stdout).toContain('- $.ok: false\n  + $.ok: true');
    expect(stdout).toMatch(/≠ +Bad +failed \d+ ms +–/);
    expect(exitCode).toBe(1);
    expect((await run('diff', 'is-bad', 'is-bad')).exitCode).toBe(0);
  });

  test('fork goes on at a state with another input', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'signalbox-fork-')), 'input.json');
    writeFileSync(file, '{"ok":true}');
    const forked = await run('fork', 'is-bad', '--from', 'Check', '--input', file, '--wait');
    expect(forked.stderr).toMatch(/^Forked arn:.*:looked-at-signalbox-fork:fork-of-is-bad-/);
    expect(forked.stdout).toMatch(/ExecutionSucceeded/);
    expect(forked.stdout).not.toMatch(/WaitStateEntered/);
    expect(forked.exitCode).toBe(0);

    const again = await run('fork', 'is-bad', '--from', 'Check', '--wait');
    expect(again.exitCode).toBe(1);
    const nowhere = await run('fork', 'is-bad', '--from', 'Nowhere');
    expect(nowhere.stderr).toContain('was never in "Nowhere": it was in First, Check, Bad');
    expect(nowhere.exitCode).toBe(3);
  });

  test('open says the page of an execution', async () => {
    const { stdout } = await run('open', 'is-good', '--no-browser');
    const arn = stateMachineArn.replace(':stateMachine:', ':execution:');
    expect(stdout).toBe(`${rehearsal.runtime.url}/_signalbox/console/executions/${arn}:is-good\n`);
  });
});

describe('signalbox clock', () => {
  test('moves time over a deadline, and never back', async () => {
    const shown = JSON.parse((await run('--json', 'clock', 'show')).stdout);
    expect(shown).toMatchObject({ version: 1, skips: true });

    const skipped = await run('clock', 'skip', '2h');
    await rehearsal.stage.settled();
    const later = JSON.parse((await run('--json', 'clock', 'show')).stdout);
    expect(skipped.exitCode).toBe(0);
    expect(Date.parse(later.now) - Date.parse(shown.now)).toBeGreaterThanOrEqual(7_200_000);

    const back = await run('clock', 'skip', '2020-01-01T00:00:00Z');
    expect(back.stderr).toMatch(/time never goes back/);
    expect(back.exitCode).toBe(2);
    expect((await run('clock', 'skip', 'soon')).stderr).toMatch(/"soon" is no span/);
  });
});

describe('the names that a shell completes', () => {
  test.each([
    ['execution', 'is-bad'],
    ['workflow', 'OrderProcessing'],
    ['function', 'ChargePayment'],
    ['archive', 'Orders'],
    ['bus', '-orders'],
    ['rule', 'Order'],
    ['alarm', 'DeadLettersAlarm'],
    ['schedule', 'SweepOpenOrders'],
    ['fault', 'database'],
    ['part', 'rds'],
    ['scenario', 'region'],
    ['bucket', 'est-'],
  ])('are there for %s, for the place that the line names', async (kind, name) => {
    const line = ['--', '--json', '--endpoint-url', rehearsal.runtime.url, 'describe'];
    const { exitCode, stdout } = await runCli('names', kind, ...line);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(name);
    expect(stdout).not.toContain('"');
  });

  test('are what commands take: the newest execution is the first', async () => {
    const { stdout } = await run('names', 'execution');
    const [first = ''] = stdout.split('\n');
    expect((await run('describe', first)).stdout).toContain('is-bad');
  });

  test('are the states that the execution of the line was in', async () => {
    const line = ['--', 'history', '--limit', '3', 'is-bad', '--state'];
    expect((await run('names', 'state', ...line)).stdout.split('\n')).toContain('Check');
    expect((await run('names', 'state', '--', 'fork', '--from')).stdout).toBe('');
  });

  test('are refused for a kind that nobody knows', async () => {
    const { exitCode, stderr } = await run('names', 'stranger');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('No kind of names "stranger"');
  });
});

describe('export', () => {
  test('prints the executions with their whole histories, in the order of the line', async () => {
    const { exitCode, stdout } = await run('export', 'is-bad', 'is-good');
    expect(exitCode).toBe(0);
    const { executions } = JSON.parse(stdout);
    expect(executions).toMatchObject([
      {
        execution: { name: 'is-bad', status: 'FAILED', input: '{"ok":false}' },
        history: {
          events: expect.arrayContaining([expect.objectContaining({ type: 'ExecutionFailed' })]),
        },
      },
      { execution: { name: 'is-good', status: 'SUCCEEDED' } },
    ]);
  });
});

describe('what --json prints', () => {
  // Each run is held against the schema of its command by runCli.
  test.each([
    ['ls', 'looked-at'],
    ['describe', 'is-bad'],
    ['history', 'is-bad'],
    ['export', 'is-good', 'is-bad'],
    ['graph', 'is-bad'],
    ['diff', 'is-good', 'is-bad'],
    ['open', 'is-bad'],
    ['tail', 'is-good'],
    ['definition', 'OrderProcessingStateMachine'],
    ['alarms'],
    ['metrics'],
    ['schedule', 'ls'],
    ['event', 'ls'],
    ['event', 'test-pattern', 'scenarios/orders/entries/happy-order.json'],
    ['resources', 'faults'],
    ['resources', 'show'],
    ['resources', 'break', 'costs-throttled'],
    ['resources', 'mend', 'costs-throttled'],
    ['resources', 'reset'],
    ['names', 'fault'],
    ['env', 'ChargePayment'],
    ['completion', 'bash'],
    ['schema', 'ls'],
    ['audit', '--propose', '--fail-on', 'never'],
    ['costs', '2025-12', '--fail-on', 'never'],
    ['drill', '--list'],
    ['approvals', 'ls'],
    ['failovers'],
    ['fork', 'is-bad', '--from', 'Check'],
    ['run', 'OrderProcessing'],
    ['redrive', 'is-bad'],
    ['stop', 'is-good'],
  ])('of "%s %s" is what its schema says', async (...args) => {
    const { stdout, stderr } = await run('--json', ...args.filter((word) => word !== undefined));
    expect({ stdout, stderr }).toMatchObject({ stdout: expect.stringMatching(/^[{[]/) });
  });

  test('has a schema for every command that prints data', async () => {
    const known = (await run('schema')).stdout.trimEnd().split('\n');
    const commands = await commandsOf();
    // The first two print what happens, the others serve.
    const none = ['start', 'test', 'console', 'mcp', 'help'];
    expect(commands.filter((name) => !known.includes(name))).toEqual(none);
  });
});

/** All commands by their words, as help lists them; those that have others below them not. */
async function commandsOf(words: readonly string[] = []): Promise<readonly string[]> {
  const { stdout } = await run(...words, '--help');
  const [, list = ''] = stdout.split('\nCommands:\n');
  const names = [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)].flatMap(([, name]) => name ?? []);
  const found: string[] = [];
  for (const name of names) {
    const path = [...words, name];
    const below = words.length === 0 && name !== 'help' ? await commandsOf(path) : [];
    const isLeaf = below.length === 0;
    found.push(...(isLeaf ? [path.join(' ')] : below.filter((one) => !one.endsWith(' help'))));
  }
  return found;
}
