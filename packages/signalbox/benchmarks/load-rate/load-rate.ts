import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../src/core/user-error.ts';
import type { Rehearsal } from '../../src/create-rehearsal.ts';
import { createRehearsal } from '../../src/create-rehearsal.ts';
import type { BenchRow } from '../bench-row.ts';
import { printRows } from '../run-benches.ts';
import { foreignTemplates } from './foreign-templates.ts';
import { reasonOf } from './reason-of.ts';
import { type MachineEnd, runMachines } from './run-machines.ts';

const USAGE = 'Write: npm run bench -- load-rate FOLDER [--run] [--verbose]\n';

/** Runs `bench load-rate FOLDER`; returns 1 when fewer load or end than must. */
export async function runLoadRate(words: readonly string[]): Promise<number> {
  const folders = words.filter((word) => !word.startsWith('--'));
  const [folder] = folders;
  const isRight = words.every((word) => folders.includes(word) || /^--(run|verbose)$/.test(word));
  if (folder === undefined || folders.length > 1 || !isRight) {
    process.stderr.write(USAGE);
    return 2;
  }
  const has = (option: string): boolean => words.includes(option);
  return printRows(await measureLoadRate(resolve(folder), has('--run'), has('--verbose')));
}

/** What became of one template. */
interface Loaded {
  readonly file: string;
  /** Why it did not load; none where it did. */
  readonly reasons: readonly string[];
  readonly ends: readonly MachineEnd[];
}

/** AWS-published templates that must load, and machines that must end: see README.md. */
const LEAST_LOADED = 95;
const LEAST_ENDED = 80;

/**
 * Loads every template with state machines below a folder, each as a project of its own, and with `isRun`
 * starts an execution of each machine. Prints the ten commonest reasons why one did not load or end.
 */
async function measureLoadRate(
  folder: string,
  isRun: boolean,
  isVerbose: boolean,
): Promise<readonly BenchRow[]> {
  const { files, unrendered } = foreignTemplates(folder);
  const loaded: Loaded[] = [];
  for (const file of files) {
    const one = await load(file, isRun);
    loaded.push(one);
    if (isVerbose) sayOne(relative(folder, file), one);
  }
  const ends = loaded.flatMap((one) => one.ends);
  sayReasons(loaded.map(({ reasons }) => reasons));
  if (isRun) sayReasons(ends.flatMap(({ failure }) => (failure === undefined ? [] : [[failure]])));
  const remark = `${unrendered.length} templates of a generator left out`;
  return [
    rate(
      'templates that load',
      loaded.map(({ reasons }) => reasons.length === 0),
      LEAST_LOADED,
      remark,
    ),
    ...(isRun
      ? [
          rate(
            'machines that run to an end',
            ends.map(({ failure }) => failure === undefined),
            LEAST_ENDED,
            `${ends.filter(({ hasSucceeded }) => hasSucceeded).length} of them well`,
          ),
        ]
      : []),
  ];
}

async function load(file: string, isRun: boolean): Promise<Loaded> {
  let rehearsal: Rehearsal | undefined;
  const bugs: string[] = [];
  const root = dirname(file);
  const mockConfig = join(mkdtempSync(join(tmpdir(), 'signalbox-load-rate-')), 'mocks.json');
  writeFileSync(mockConfig, '{}');
  try {
    const onRemark = (line: string) => void (/^\s+at /m.test(line) && bugs.push(line));
    const template = basename(file);
    rehearsal = await createRehearsal({
      root,
      template,
      mockConfig,
      plugins: [],
      seeds: [],
      onRemark,
    });
    const ends = isRun ? await runMachines(rehearsal, mockConfig, bugs) : [];
    return { file, reasons: [], ends };
  } catch (error) {
    if (!(error instanceof UserError))
      return { file, reasons: [`bug: ${String(error)}`], ends: [] };
    const { problems, message } = error;
    const reasons = problems.length === 0 ? [message] : problems.map(reasonOf);
    return { file, reasons: [...new Set(reasons)], ends: [] };
  } finally {
    await rehearsal?.close();
    rmSync(dirname(mockConfig), { recursive: true });
  }
}

function sayOne(name: string, { reasons, ends }: Loaded): void {
  const failed = ends.flatMap(({ machine, failure }) =>
    failure === undefined ? [] : [`${machine}: ${failure}`],
  );
  for (const line of [...reasons, ...failed]) process.stdout.write(`${name}: ${line}\n`);
}

/** The ten commonest reasons, with how many have each. */
function sayReasons(reasons: readonly (readonly string[])[]): void {
  const counts = new Map<string, number>();
  for (const reason of reasons.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const commonest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10);
  for (const [reason, count] of commonest)
    process.stdout.write(`${String(count).padStart(5)}  ${reason}\n`);
}

function rate(
  name: string,
  outcomes: readonly boolean[],
  atLeast: number,
  remark?: string,
): BenchRow {
  const good = outcomes.filter(Boolean).length;
  const value = outcomes.length === 0 ? 0 : (100 * good) / outcomes.length;
  const counted = `${good} of ${outcomes.length}`;
  return {
    name,
    value,
    unit: '%',
    atLeast,
    remark: remark === undefined ? counted : `${counted}; ${remark}`,
  };
}
