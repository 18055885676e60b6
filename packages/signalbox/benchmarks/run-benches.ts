import { tableOf } from '../src/cli/print/table.ts';
import type { BenchRow } from './bench-row.ts';

/** Measures something of the repository at `root`. */
export type Bench = (root: string) => Promise<readonly BenchRow[]>;

/** Runs the benchmarks that are named, or all; returns 1 when a budget is missed. */
export async function runBenches(
  benches: Readonly<Record<string, Bench>>,
  root: string,
  names: readonly string[],
): Promise<number> {
  const wanted = names.length === 0 ? Object.keys(benches) : names;
  const rows: BenchRow[] = [];
  for (const name of wanted) {
    const run = benches[name];
    if (run === undefined) {
      process.stderr.write(`No benchmark "${name}": there is ${Object.keys(benches).join(', ')}\n`);
      return 2;
    }
    process.stderr.write(`Running ${name}\n`);
    rows.push(...(await run(root)));
  }
  const lines = tableOf(['WHAT', 'FIGURE', 'UNIT', 'BUDGET', ''], rows.map(cells));
  process.stdout.write(`${lines.join('\n')}\n`);
  return rows.some(misses) ? 1 : 0;
}

function cells(row: BenchRow): readonly string[] {
  const figure = Number(row.value.toPrecision(4)).toLocaleString('en');
  const verdict = misses(row) ? 'MISSED ' : '';
  return [row.name, figure, row.unit, budgetOf(row), `${verdict}${row.remark ?? ''}`];
}

function budgetOf({ atMost, atLeast }: BenchRow): string {
  if (atMost !== undefined) return `≤ ${atMost.toLocaleString('en')}`;
  return atLeast === undefined ? '' : `≥ ${atLeast.toLocaleString('en')}`;
}

function misses({ value, atMost, atLeast }: BenchRow): boolean {
  return (atMost !== undefined && value > atMost) || (atLeast !== undefined && value < atLeast);
}
