/**
 * Writes a duration as people read it.
 * @param durationMs The duration in milliseconds.
 * @returns A text such as `41 ms`, `2.5 s`, `3 min 20 s` or `24 h`.
 * @example
 * durationText(2_500); // 2.5 s
 */
export function durationText(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${Number((durationMs / 1000).toFixed(1))} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  return pair(Math.floor(seconds / 3600), 'h', Math.round((seconds % 3600) / 60), 'min');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
