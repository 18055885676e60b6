import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inputFileOf, refusesInput, type WrongResult } from '../function-results.ts';
import { runCli } from '../rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from '../rehearsals/start-rehearsal.ts';
import { WITH_REPORTS } from '../rehearsals/with-reports.ts';

/** The Node.js that stands for Lambda's runtime. */
const NODE = process.env['LAMBDA_NODE'] ?? process.execPath;
const HOME = mkdtempSync(join(tmpdir(), 'signalbox-sam-'));

/** The way in which `sam local invoke` would run a function. */
interface Invocation {
  readonly code: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
}

let rehearsal: StartedRehearsal;
let invocations: Readonly<Record<string, Invocation>>;

beforeAll(async () => {
  // The functions run in processes of their own, by the machine's clock.
  rehearsal = await startRehearsal({ startsAt: new Date(), parameterOverrides: WITH_REPORTS });
  await rehearsal.runtime.settled(); // the database has its schema, and holds nobody up
  const { stdout } = await runCli('--endpoint-url', rehearsal.runtime.url, 'env', '--json');
  const file = join(HOME, 'env.json');
  writeFileSync(file, stdout);
  invocations = JSON.parse(await invocationsOfSam(file));
});
afterAll(() => rehearsal?.runtime.close());

describe('every built function, as sam local invoke --env-vars runs it', () => {
  test('gives a right result for its input in events/invoke', async () => {
    const { functions } = rehearsal.runtime.app();
    expect(Object.keys(invocations).sort()).toEqual(
      functions.map(({ logicalId }) => logicalId).sort(),
    );

    const wrong: WrongResult[] = [];
    for (const resource of functions) {
      const { logicalId } = resource;
      const invocation = invocations[logicalId];
      if (invocation === undefined) throw new TypeError(`SAM knows no ${logicalId}`);
      const why = await flawOf(invocation, inputFileOf(resource));
      if (why !== undefined) wrong.push({ function: logicalId, why });
    }
    expect(wrong).toEqual([]);
  });
});

/** Returns what is wrong with a function's result; undefined when it is right. */
async function flawOf(invocation: Invocation, eventFile: string): Promise<string | undefined> {
  const { code, handler, environment, timeoutSeconds } = invocation;
  const resultFile = join(HOME, 'result.json');
  const script = ['tests/sam/run-handler.mjs', code, handler, eventFile, resultFile];
  const child = spawn(NODE, script, {
    // Nothing but what SAM gives a container.
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: timeoutSeconds * 1000,
  });
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) return `${child.exitCode ?? child.signalCode}: ${stderr}`;
  const result = readFileSync(resultFile, 'utf8');
  return refusesInput(JSON.parse(result)) ? result : undefined;
}

async function invocationsOfSam(envFile: string): Promise<string> {
  const script = ['tests/sam/invoke_environment.py', '.aws-sam/build/template.yaml', envFile];
  const { PATH } = process.env;
  // No credentials of whoever runs this: SAM would hand them to the functions.
  const env = { PATH, HOME, AWS_EC2_METADATA_DISABLED: 'true' };
  const child = spawn('.venv/bin/python', script, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [json] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return json;
}
