import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isJsonObject, parseJson } from '../src/core/json.ts';
import type { BenchRow } from './bench-row.ts';
import { cpuMsOf } from './cpu-ms-of.ts';

/** CPU time of rows by their names, and of a fixed piece of work in the same run: how fast the machine was. */
export interface Baseline {
  readonly unitMs: number;
  readonly rows: ReadonlyMap<string, number>;
}

/** A row whose CPU time is more than this multiple of the baseline's is slower: less is noise. */
const NOISE = 1.3;
const UNIT_RUNS = 9;

/** Measures rows for a baseline: only those that give a CPU time. */
export function baselineOf(rows: readonly BenchRow[]): Baseline {
  const timed = rows.flatMap(({ name, cpuMs }) =>
    cpuMs === undefined ? [] : [[name, cpuMs] as const],
  );
  return { unitMs: unitMs(), rows: new Map(timed) };
}

/** Reads a baseline; undefined where there is no file. */
export function readBaseline(file: string): Baseline | undefined {
  if (!existsSync(file)) return undefined;
  const value = parseJson(readFileSync(file, 'utf8'));
  const rows = isJsonObject(value) ? value['rows'] : undefined;
  if (!isJsonObject(value) || !isJsonObject(rows)) throw new TypeError(`${file} is no baseline`);
  const times = Object.entries(rows).map(([name, ms]) => [name, Number(ms)] as const);
  return { unitMs: Number(value['unitMs']), rows: new Map(times) };
}

/** Writes the rows of a baseline in place of those of their names; others stay. */
export function writeBaseline(file: string, { unitMs: own, rows }: Baseline): void {
  const before = readBaseline(file);
  const earlier = [...(before?.rows ?? [])].map(([name, ms]): [string, number] => [
    name,
    (ms * own) / (before?.unitMs ?? own),
  ]);
  const all = [...new Map([...earlier, ...rows])].sort(([a], [b]) => (a < b ? -1 : 1));
  const rounded = all.map(([name, ms]) => [name, Number(ms.toPrecision(4))] as const);
  const text = { unitMs: Number(own.toPrecision(4)), rows: Object.fromEntries(rounded) };
  writeFileSync(file, `${JSON.stringify(text, undefined, 2)}\n`);
}

/**
 * Compares a row with the baseline's, as if both had been measured on one machine.
 * @returns The multiple of the baseline's CPU time, and whether that is more than noise; undefined where
 * one of the two has no such time.
 */
export function compareRow(
  { name }: BenchRow,
  now: Baseline,
  before: Baseline,
): { readonly ratio: number; readonly isSlower: boolean } | undefined {
  const [own, earlier] = [now.rows.get(name), before.rows.get(name)];
  if (own === undefined || earlier === undefined || earlier === 0) return undefined;
  const ratio = own / now.unitMs / (earlier / before.unitMs);
  return { ratio, isSlower: ratio > NOISE };
}

/** The CPU time of a fixed piece of work: the least of some runs, since what disturbs only adds. */
function unitMs(): number {
  const text = JSON.stringify(
    Array.from({ length: 20_000 }, (_, id) => ({ id, name: `row ${id}` })),
  );
  const times = Array.from({ length: UNIT_RUNS }, () =>
    cpuMsOf(() => JSON.stringify(JSON.parse(text))),
  );
  return Math.min(...times);
}
