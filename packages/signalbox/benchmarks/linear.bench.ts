import type { BenchRow } from './bench-row.ts';
import { LOADS } from './linear-loads.ts';
import type { Load } from './load.ts';

const SIZES = [1000, 10_000, 100_000] as const;
const CALLS = 1000;
/**
 * The most that a call may cost more at the largest size than at the smallest: the heap is a hundred times
 * larger too, which costs collections. What looks at all there is costs a hundred times as much.
 */
const MOST_GROWTH = 10;

/** Times calls where there is ever more of what they look at. */
export async function runLinearBench(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const load of LOADS) rows.push(...(await runLoad(load)));
  return rows;
}

async function runLoad({ name, unit, open }: Load): Promise<readonly BenchRow[]> {
  const costs: { readonly row: BenchRow; readonly us: number }[] = [];
  await usOf(await open(SIZES[0]));
  for (const size of SIZES) {
    const us = await usOf(await open(size));
    const what = `${name} ${size.toLocaleString('en')} ${unit}`;
    costs.push({ us, row: { name: what, value: us, unit: 'CPU-µs', cpuMs: (us * CALLS) / 1000 } });
  }
  const growth = (costs.at(-1)?.us ?? Number.NaN) / (costs[0]?.us ?? Number.NaN);
  return [
    ...costs.map(({ row }) => row),
    {
      name: `${name} 100 times the ${unit}, growth`,
      value: growth,
      unit: '×',
      atMost: MOST_GROWTH,
    },
  ];
}

/** CPU time of one call, in microseconds. */
async function usOf({ call, close }: Awaited<ReturnType<Load['open']>>): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < CALLS; count += 1) await call(count);
  const { user, system } = process.cpuUsage(before);
  await close();
  return (user + system) / CALLS;
}
