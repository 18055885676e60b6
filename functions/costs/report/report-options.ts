import type { Money } from '../money.ts';
import type { Comparison } from './comparison.ts';
import type { Thresholds } from './thresholds.ts';

/** The settings that a report is judged by. */
export interface ReportOptions {
  /** The currency of thresholds and budget. */
  readonly currency: string;
  readonly thresholds: Thresholds;
  /** The budget of a month; undefined where there is none. */
  readonly budget: Money | undefined;
  readonly normaliseDays: boolean;
}

/** One way of looking at a month, such as by service. */
export interface Grouping {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
}
