const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when a signal aborts, unless the returned function is called before. A signal itself walks
 * through all of its listeners to add one: a thousand children of one Map wait for the same.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const known = callbacks.get(signal);
  const all = known ?? new Set();
  if (known === undefined) {
    callbacks.set(signal, all);
    signal.addEventListener('abort', () => {
      for (const one of [...all]) one();
    });
  }
  const own = (): void => callback();
  all.add(own);
  return () => void all.delete(own);
}
