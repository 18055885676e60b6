import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of an answer so far. */
export interface Answer<T> {
  readonly value: T | undefined;
  readonly error: Error | undefined;
  readonly isLoading: boolean;
  /** Asks again; what is known stays meanwhile. */
  again(): void;
}

/**
 * Asks when the page shows, and again whenever `key` changes; an answer that comes too late is dropped.
 *
 * @param key Says what is asked for; undefined asks for nothing.
 * @param everyMs Asks again after each answer, while the page is in view.
 */
export function useAnswer<T>(
  key: string | undefined,
  load: () => Promise<T>,
  everyMs?: number,
): Answer<T> {
  const [state, setState] = useState<{ key?: string | undefined; value?: T; error?: Error }>({});
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round is a wish to ask again
  useEffect(() => {
    if (key === undefined) return;
    let isOver = false;
    let timer: number | undefined;
    const wait = () => {
      if (everyMs === undefined || isOver) return;
      timer = window.setTimeout(() => (document.hidden ? wait() : read()), everyMs);
    };
    const read = () =>
      void latest
        .current()
        .then(
          (value) => isOver || setState({ key, value }),
          (error: Error) => isOver || setState((now) => ({ ...now, key, error })),
        )
        .finally(wait);
    read();
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [key, everyMs, round]);
  const again = useCallback(() => setRound((now) => now + 1), []);
  const isCurrent = state.key === key;
  return {
    value: isCurrent ? state.value : undefined,
    error: isCurrent ? state.error : undefined,
    isLoading: key !== undefined && !isCurrent,
    again,
  };
}
