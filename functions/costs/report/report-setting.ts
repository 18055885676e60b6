import type { Money } from '../money.ts';
import type { Comparison } from './comparison.ts';
import type { Thresholds } from './thresholds.ts';

/** What a report is judged by. */
export interface ReportOptions {
  /** The currency of thresholds and budget. */
  readonly currency: string;
  readonly thresholds: Thresholds;
  /** What a month may cost; undefined where there is no budget. */
  readonly budget: Money | undefined;
  readonly normaliseDays: boolean;
}

/** One way of looking at a month, such as by service. */
export interface Grouping {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
}
