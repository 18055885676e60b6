import { runDeliveriesBench } from './deliveries.bench.ts';
import { runInterpreterBench } from './interpreter.bench.ts';
import { runLinearBench } from './linear.bench.ts';
import { runMapBench } from './map.bench.ts';
import { runRestartBench } from './restart.bench.ts';
import { runRulesBench } from './rules.bench.ts';
import type { Bench } from './run-benches.ts';

/** The benchmarks of the tool alone, which need no project. */
export const TOOL_BENCHES: Readonly<Record<string, Bench>> = {
  interpreter: runInterpreterBench,
  rules: runRulesBench,
  deliveries: runDeliveriesBench,
  linear: runLinearBench,
  map: runMapBench,
  restart: runRestartBench,
};
