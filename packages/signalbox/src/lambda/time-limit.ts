import { url as debuggerUrl } from 'node:inspector';
import { startCountdown } from './countdown.ts';

/**
 * Waits for what comes first: the work, or the end of what does it. At the limit, in milliseconds of running
 * time, `onLimit` brings that end about; with a debugger attached there is no limit.
 */
export async function withinLimit<T, E>(
  work: Promise<T>,
  ended: Promise<E>,
  limitMs: number,
  onLimit: () => void,
): Promise<T | E> {
  // A developer at a breakpoint needs longer than any time-out.
  if (debuggerUrl() !== undefined) return await Promise.race([work, ended]);
  const countdown = startCountdown(limitMs, onLimit);
  try {
    return await Promise.race([work, ended]);
  } finally {
    countdown.cancel();
  }
}
