import { tableOf } from '../packages/signalbox/src/cli/table.ts';
import { runAuditBench } from './audit.bench.ts';
import type { BenchRow } from './bench-row.ts';
import { runBundlesBench } from './bundles.bench.ts';
import { runDeliveriesBench } from './deliveries.bench.ts';
import { runInterpreterBench } from './interpreter.bench.ts';
import { runOrdersBench } from './orders.bench.ts';
import { runRulesBench } from './rules.bench.ts';
import { runStartUpBench } from './start-up.bench.ts';

const BENCHES: Readonly<Record<string, (root: string) => Promise<readonly BenchRow[]>>> = {
  'start-up': runStartUpBench,
  bundles: runBundlesBench,
  orders: runOrdersBench,
  interpreter: runInterpreterBench,
  rules: runRulesBench,
  deliveries: runDeliveriesBench,
  audit: runAuditBench,
};

/** Runs the benchmarks that are named, or all; answers 1 when a budget is missed. */
export async function main(root: string, names: readonly string[]): Promise<number> {
  const wanted = names.length === 0 ? Object.keys(BENCHES) : names;
  const rows: BenchRow[] = [];
  for (const name of wanted) {
    const run = BENCHES[name];
    if (run === undefined) {
      process.stderr.write(`No benchmark "${name}": there is ${Object.keys(BENCHES).join(', ')}\n`);
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
