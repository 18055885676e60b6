/** One figure of a benchmark. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  /** Such as `orders/s`, `ms`, `kB`. */
  readonly unit: string;
  /** What it may be at most, where it does not depend on how fast the machine is. */
  readonly atMost?: number;
  /** What it must be at least, where it does not depend on how fast the machine is. */
  readonly atLeast?: number;
  readonly remark?: string;
}
