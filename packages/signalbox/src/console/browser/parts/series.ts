/** A line of a plot. */
export interface Series {
  readonly label: string;
  /** Unix seconds, ascending. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}
