import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CliRun, runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

let rehearsal: StartedRehearsal;

const run = (...args: readonly string[]): Promise<CliRun> =>
  runCli('--endpoint-url', rehearsal.runtime.url, ...args);

/** Makes a state machine that waits a minute and then ends with its last state; returns its ARN. */
async function machine(name: string, type: 'STANDARD' | 'EXPRESS', last: object): Promise<string> {
  const States = { Wait: { Type: 'Wait', Seconds: 60, Next: 'Last' }, Last: last };
  const { stateMachineArn = '' } = await new SFNClient(rehearsal.stage.client).send(
    new CreateStateMachineCommand({
      name,
      type,
      definition: JSON.stringify({ StartAt: 'Wait', States }),
      roleArn: 'arn:aws:iam::123456789012:role/any',
    }),
  );
  return stateMachineArn;
}

function inputFile(input: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'signalbox-run-')), 'input.json');
  writeFileSync(file, JSON.stringify(input));
  return file;
}

beforeAll(async () => {
  rehearsal = await startRehearsal();
});
afterAll(() => rehearsal?.runtime.close());

describe('signalbox run', () => {
  test('starts a workflow of the stack by its name, and waits for its end', async () => {
    const { exitCode, stdout, stderr } = await run(
      ...['run', 'OrderProcessing', '--input', inputFile({ detail: {} }), '--wait'],
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Started arn:aws:states:/);
    expect(stdout).toMatch(/ExecutionFailed/);
  });

  test('says what it started where it does not wait', async () => {
    const arn = await machine('run-one', 'STANDARD', { Type: 'Succeed' });
    expect(await run('run', arn, '--name', 'first')).toEqual({
      exitCode: 0,
      stdout: `Started ${arn.replace(':stateMachine:', ':execution:')}:first\n`,
      stderr: '',
    });
  });

  test('prints what an Express execution answers', async () => {
    const arn = await machine('run-express', 'EXPRESS', { Type: 'Pass', End: true });
    const { exitCode, stdout } = await run('run', arn, '-i', inputFile({ a: 1 }), '--wait');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^SUCCEEDED: arn:.*\n\{"a":1\}\n$/);
  });

  test('names the workflows that there are', async () => {
    const { exitCode, stderr } = await run('run', 'Nothing');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^No statemachine "Nothing" in the stack: it has .*OrderProcessing/);
  });
});

describe('signalbox redrive', () => {
  test('goes on from the step that failed, and ends as the execution does', async () => {
    const arn = await machine('run-failing', 'STANDARD', { Type: 'Fail', Error: 'Again' });
    expect(await run('run', arn, '--name', 'once', '--wait')).toMatchObject({ exitCode: 1 });
    const { exitCode, stdout } = await run('redrive', 'once', '--wait');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/ExecutionRedriven[\s\S]*Again/);
  });

  test('says why an execution cannot be redriven', async () => {
    const arn = await machine('run-well', 'STANDARD', { Type: 'Succeed' });
    await run('run', arn, '--name', 'well', '--wait');
    const { exitCode, stderr } = await run('redrive', 'well');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cannot be redriven/);
  });
});
