/** The figures of the last log line of an invocation. */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memoryMb: number;
  readonly usedBytes: number | undefined;
  /** Set for the first invocation of an execution environment. */
  readonly initDurationMs: number | undefined;
  /** Set when the environment did not survive: `timeout`, or the type of the error. */
  readonly ending: string | undefined;
}

/** Writes Lambda's first line of an invocation. */
export function startLine(requestId: string): string {
  return `START RequestId: ${requestId} Version: $LATEST`;
}

/** Writes Lambda's line at the end of an invocation. */
export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

/** Writes Lambda's last line of an invocation, in the text format of its logs. */
export function reportLine(report: Report): string {
  const { durationMs, memoryMb, usedBytes = 0, initDurationMs, ending } = report;
  // AWS bills initialization too, since August 2025.
  const billedMs = Math.ceil(durationMs + (initDurationMs ?? 0));
  const usedMb = Math.min(memoryMb, Math.max(1, Math.ceil(usedBytes / 1_048_576)));
  const columns = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedMs} ms`,
    `Memory Size: ${memoryMb} MB`,
    `Max Memory Used: ${usedMb} MB`,
  ];
  if (initDurationMs !== undefined) columns.push(`Init Duration: ${initDurationMs.toFixed(2)} ms`);
  if (ending === 'timeout') columns.push('Status: timeout');
  else if (ending !== undefined) columns.push('Status: error', `Error Type: ${ending}`);
  return columns.join('\t');
}
