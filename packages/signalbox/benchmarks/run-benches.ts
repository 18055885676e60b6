import { join } from 'node:path';
import { tableOf } from '../src/cli/print/table.ts';
import { baselineOf, compareRow, readBaseline, writeBaseline } from './baseline.ts';
import type { BenchRow } from './bench-row.ts';

/** Measures something of the repository at `root`. */
export type Bench = (root: string) => Promise<readonly BenchRow[]>;

/** The file of the baseline, in the project. */
const BASELINE = 'benchmarks/baseline.json';

/**
 * Runs the benchmarks that are named, or all; returns 1 when a budget is missed. `--compare` marks what
 * takes more CPU time than in the baseline, which is missed too, and `--save` makes the baseline anew.
 */
export async function runBenches(
  benches: Readonly<Record<string, Bench>>,
  root: string,
  given: readonly string[],
): Promise<number> {
  const options = given.filter((word) => word.startsWith('--'));
  const names = given.filter((word) => !word.startsWith('--'));
  const unknown = [
    ...options.filter((option) => option !== '--compare' && option !== '--save'),
    ...names.filter((name) => !Object.hasOwn(benches, name)),
  ];
  if (unknown.length > 0) {
    const known = [...Object.keys(benches), '--compare', '--save'].join(', ');
    process.stderr.write(`No benchmark or option ${unknown.join(', ')}: there is ${known}\n`);
    return 2;
  }
  const rows: BenchRow[] = [];
  for (const [name, run] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stderr.write(`Running ${name}\n`);
    rows.push(...(await run(root)));
  }
  const file = join(root, BASELINE);
  const before = options.includes('--compare') ? readBaseline(file) : undefined;
  const now = baselineOf(rows);
  if (options.includes('--save')) writeBaseline(file, now);
  return printRows(rows, (row) => before && compareRow(row, now, before));
}

/** Prints figures as a table; returns 1 when a budget is missed. */
export function printRows(
  rows: readonly BenchRow[],
  compare: (row: BenchRow) => Compared = () => undefined,
): number {
  const compared = rows.map(compare);
  const lines = tableOf(
    ['WHAT', 'FIGURE', 'UNIT', 'BUDGET', ''],
    rows.map((row, index) => cells(row, compared[index])),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  return rows.some(misses) || compared.some((found) => found?.isSlower === true) ? 1 : 0;
}

type Compared = ReturnType<typeof compareRow> | undefined;

function cells(row: BenchRow, compared: Compared): readonly string[] {
  const figure = Number(row.value.toPrecision(4)).toLocaleString('en');
  const remarks = [
    ...(misses(row) ? ['MISSED'] : []),
    ...(compared === undefined ? [] : [comparedText(compared)]),
    ...(row.remark === undefined ? [] : [row.remark]),
  ];
  return [row.name, figure, row.unit, budgetOf(row), remarks.join('; ')];
}

function comparedText({ ratio, isSlower }: NonNullable<Compared>): string {
  return `${isSlower ? 'SLOWER, ' : ''}${ratio.toFixed(2)} × the baseline's CPU time`;
}

function budgetOf({ atMost, atLeast }: BenchRow): string {
  if (atMost !== undefined) return `≤ ${atMost.toLocaleString('en')}`;
  return atLeast === undefined ? '' : `≥ ${atLeast.toLocaleString('en')}`;
}

function misses({ value, atMost, atLeast }: BenchRow): boolean {
  return (atMost !== undefined && value > atMost) || (atLeast !== undefined && value < atLeast);
}
