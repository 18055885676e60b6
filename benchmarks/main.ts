import { runCreateRate } from '../packages/signalbox/benchmarks/create-rate/create-rate.ts';
import { runLoadRate } from '../packages/signalbox/benchmarks/load-rate/load-rate.ts';
import { type Bench, runBenches } from '../packages/signalbox/benchmarks/run-benches.ts';
import { TOOL_BENCHES } from '../packages/signalbox/benchmarks/tool-benches.ts';
import { runAuditBench } from './audit.bench.ts';
import { runBundlesBench } from './bundles.bench.ts';
import { runCapacityBench } from './capacity.bench.ts';
import { runConsoleBench } from './console.bench.ts';
import { runOrdersBench } from './orders.bench.ts';
import { runStartUpBench } from './start-up.bench.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  'start-up': runStartUpBench,
  bundles: runBundlesBench,
  orders: runOrdersBench,
  ...TOOL_BENCHES,
  audit: runAuditBench,
  capacity: runCapacityBench,
  console: runConsoleBench,
};

/** Runs the benchmarks of the platform and of its tool that are named, or all. */
export async function main(root: string, names: readonly string[]): Promise<number> {
  const [first, ...words] = names;
  if (first === 'create-rate') return runCreateRate(words);
  return first === 'load-rate' ? runLoadRate(words) : runBenches(BENCHES, root, names);
}
