/** A line of a function's log. */
export interface OwnLine {
  readonly key: string;
  readonly atMs: number;
  readonly message: string;
}

/** An invocation, as Lambda reports it when it has ended. */
export interface Invocation {
  readonly requestId: string;
  readonly endedMs: number;
  readonly durationMs: number;
  /** Of a cold start. */
  readonly initMs: number | undefined;
  readonly usedMb: number | undefined;
}

/**
 * Finds the invocations that have ended in the lines of a log, the newest first: lines that begin with REPORT, or
 * objects of the type `platform.report` where the log's format is JSON.
 */
export function invocationsIn(lines: readonly OwnLine[]): readonly Invocation[] {
  return lines
    .flatMap(({ atMs, message }) => reportIn(message, atMs) ?? [])
    .toSorted((a, b) => b.endedMs - a.endedMs);
}

function reportIn(message: string, endedMs: number): Invocation | undefined {
  if (message.startsWith('REPORT RequestId: ')) {
    return {
      endedMs,
      requestId: /^REPORT RequestId: (\S+)/.exec(message)?.[1] ?? '',
      durationMs: numberAfter(message, '\tDuration: ') ?? 0,
      initMs: numberAfter(message, '\tInit Duration: '),
      usedMb: numberAfter(message, '\tMax Memory Used: '),
    };
  }
  if (!message.includes('"platform.report"')) return undefined;
  return {
    endedMs,
    requestId: /"requestId":"([^"]+)"/.exec(message)?.[1] ?? '',
    durationMs: numberAfter(message, '"durationMs":') ?? 0,
    initMs: numberAfter(message, '"initDurationMs":'),
    usedMb: numberAfter(message, '"maxMemoryUsedMB":'),
  };
}

function numberAfter(text: string, before: string): number | undefined {
  const at = text.indexOf(before);
  if (at < 0) return undefined;
  const number = Number.parseFloat(text.slice(at + before.length));
  return Number.isNaN(number) ? undefined : number;
}
