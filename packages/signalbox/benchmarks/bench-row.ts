/** One figure of a benchmark. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  /** Such as `orders/s`, `ms`, `kB`. */
  readonly unit: string;
  /** The budget's upper end, where the figure does not depend on how fast the machine is. */
  readonly atMost?: number;
  /** The budget's lower end, where the figure does not depend on how fast the machine is. */
  readonly atLeast?: number;
  readonly remark?: string;
  /** CPU time of the measured work, in milliseconds: what the baseline compares. */
  readonly cpuMs?: number;
}
