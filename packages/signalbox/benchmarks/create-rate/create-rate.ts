import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { createRehearsal } from '../../src/create-rehearsal.ts';
import type { BenchRow } from '../bench-row.ts';
import { printRows } from '../run-benches.ts';
import { type FoundDefinition, findDefinitions } from './find-definitions.ts';
import { plausible } from './plausible.ts';

const USAGE = 'Write: npm run bench -- create-rate FOLDER [--verbose]\n';

/** AWS-published definitions that must be created. */
const LEAST_CREATED = 95;

/** Runs `bench create-rate FOLDER`; returns 1 when fewer are created than must. */
export async function runCreateRate(words: readonly string[]): Promise<number> {
  const [folder, ...others] = words.filter((word) => word !== '--verbose');
  if (folder === undefined || others.length > 0 || folder.startsWith('--')) {
    process.stderr.write(USAGE);
    return 2;
  }
  return printRows([await measureCreateRate(resolve(folder), words.includes('--verbose'))]);
}

/** Creates every definition below a folder over the API, and prints the ten commonest reasons of refusals. */
async function measureCreateRate(folder: string, isVerbose: boolean): Promise<BenchRow> {
  const found = findDefinitions(folder);
  const refusals = await createAll(found);
  const counts = new Map<string, number>();
  for (const { name, reason } of refusals) {
    if (isVerbose) process.stdout.write(`${name}: ${reason}\n`);
    for (const kind of kindsOf(reason)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  for (const [kind, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10)) {
    process.stdout.write(`${String(count).padStart(5)}  ${kind}\n`);
  }
  const created = found.length - refusals.length;
  return {
    name: 'definitions that are created',
    value: found.length === 0 ? 0 : (100 * created) / found.length,
    unit: '%',
    atLeast: LEAST_CREATED,
    remark: `${created} of ${found.length}`,
  };
}

interface Refusal {
  readonly name: string;
  readonly reason: string;
}

async function createAll(found: readonly FoundDefinition[]): Promise<readonly Refusal[]> {
  const root = mkdtempSync(join(tmpdir(), 'signalbox-create-rate-'));
  writeFileSync(
    join(root, 'template.yaml'),
    'Resources:\n  Bus:\n    Type: AWS::Events::EventBus\n    Properties:\n      Name: bus\n',
  );
  const rehearsal = await createRehearsal({ root, plugins: [], seeds: [] });
  const client = new SFNClient(rehearsal.client);
  const refusals: Refusal[] = [];
  try {
    for (const [at, { name, definition, type }] of found.entries()) {
      const command = new CreateStateMachineCommand({
        name: `definition-${at}`,
        definition: JSON.stringify(plausible(definition)),
        roleArn: 'arn:aws:iam::123456789012:role/machine',
        type,
      });
      await client.send(command).catch((error: unknown) => {
        refusals.push({ name, reason: error instanceof Error ? error.message : String(error) });
      });
    }
    return refusals;
  } finally {
    client.destroy();
    await rehearsal.close();
    rmSync(root, { recursive: true });
  }
}

/** What is wrong, without the names and places of the definition, so that those of many are counted as one. */
function kindsOf(reason: string): ReadonlySet<string> {
  const problems = reason
    .replace(/^Invalid State Machine Definition: '/, '')
    .split(/, (?=[A-Z_]+: )/)
    .map((problem) => problem.replace(/ at \/.*$/, '').replace(/arn:[^\s'"]+/g, 'arn:…'));
  return new Set(problems);
}
