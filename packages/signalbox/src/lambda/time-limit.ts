import { url as debuggerUrl } from 'node:inspector';

/**
 * Waits for what comes first: the work, or the end of what does it. At the limit, in real milliseconds,
 * `onLimit` brings that end about; with a debugger attached there is no limit.
 */
export async function withinLimit<T, E>(
  work: Promise<T>,
  ended: Promise<E>,
  limitMs: number,
  onLimit: () => void,
): Promise<T | E> {
  // A developer at a breakpoint needs longer than any time-out.
  if (debuggerUrl() !== undefined) return await Promise.race([work, ended]);
  const timer = setTimeout(onLimit, limitMs);
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
  }
}
