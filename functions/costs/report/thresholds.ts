import { type Money, size } from '../money.ts';
import type { Line } from './comparison.ts';

/** The limits above which a rise is too much: both have to be reached. */
export interface Thresholds {
  /** In the review's currency. */
  readonly amount: Money;
  /** Hundredths of a percent. */
  readonly percent: bigint;
}

/** The threshold above which a line has grown too much. */
export type Baseline = 'previous-month' | 'mean';

/** The baselines that a line exceeds by both thresholds; from nothing, the amount alone decides. */
export function exceeded(line: Line, thresholds: Thresholds): readonly Baseline[] {
  const baselines: Baseline[] = [];
  if (exceeds(line.delta, line.percent, thresholds)) baselines.push('previous-month');
  if (exceeds(line.meanDelta, line.meanPercent, thresholds)) baselines.push('mean');
  return baselines;
}

function exceeds(
  delta: Money | undefined,
  percent: bigint | undefined,
  thresholds: Thresholds,
): boolean {
  if (delta === undefined || delta <= 0n || delta < thresholds.amount) return false;
  return percent === undefined || percent >= thresholds.percent;
}

/** The lines that moved most in money, at most so many. */
export function moversByAmount(lines: readonly Line[], count: number): readonly Line[] {
  return lines
    .filter(({ delta }) => delta !== undefined && delta !== 0n)
    .sort((a, b) => descending(size(a.delta ?? 0n), size(b.delta ?? 0n), a, b))
    .slice(0, count);
}

/** The lines that moved most in percent, of those that moved by `least` or more, at most so many. */
export function moversByPercent(
  lines: readonly Line[],
  count: number,
  least: Money,
): readonly Line[] {
  return lines
    .filter(({ delta, percent }) => percent !== undefined && size(delta ?? 0n) >= least)
    .sort((a, b) => descending(size(a.percent ?? 0n), size(b.percent ?? 0n), a, b))
    .slice(0, count);
}

function descending(a: bigint, b: bigint, lineA: Line, lineB: Line): number {
  if (a !== b) return a < b ? 1 : -1;
  return lineA.key < lineB.key ? -1 : 1;
}
