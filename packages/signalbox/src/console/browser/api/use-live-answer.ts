import { useCallback, useEffect, useRef, useState } from 'react';
import { follow } from './live.ts';
import type { Answer } from './use-answer.ts';

/** A page shows a burst of changes at once. */
const PAUSE_MS = 400;

/**
 * Asks when the page shows, and again after each change of executions, one question at a time; also
 * when the connection was lost and is there again. What is known stays meanwhile.
 *
 * @param key Says what is asked for.
 */
export function useLiveAnswer<T>(key: string, load: () => Promise<T>): Answer<T> {
  const [state, setState] = useState<{ key?: string; value?: T; error?: Error }>({});
  const latest = useRef(load);
  latest.current = load;
  const wish = useRef(() => {});
  useEffect(() => {
    let isOver = false;
    let isReading = false;
    let isConnected = true;
    let timer: number | undefined;
    const readSoon = () => {
      timer ??= window.setTimeout(read, PAUSE_MS);
    };
    function read(): void {
      timer = undefined;
      if (isReading) readSoon();
      else void readNow();
    }
    async function readNow(): Promise<void> {
      isReading = true;
      try {
        const value = await latest.current();
        if (!isOver) setState({ key, value });
      } catch (reason) {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        if (!isOver) setState((now) => (now.key === key ? { ...now, error } : { key, error }));
      } finally {
        isReading = false;
      }
    }
    wish.current = read;
    void readNow();
    const stop = follow('changes', { changed: readSoon }, (isThere) => {
      if (isThere && !isConnected) readSoon();
      isConnected = isThere;
    });
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      stop();
    };
  }, [key]);
  const isCurrent = state.key === key;
  return {
    value: isCurrent ? state.value : undefined,
    error: isCurrent ? state.error : undefined,
    isLoading: !isCurrent,
    again: useCallback(() => wish.current(), []),
  };
}
