/** A value that is there, or will be: states that need not wait take no turn of the event loop. */
export type Eventual<T> = T | Promise<T>;

/** Goes on with a value, at once where it is there. */
export function onceReady<T, U>(value: Eventual<T>, next: (value: T) => Eventual<U>): Eventual<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Makes one of many, at once where all are there. */
export function allReady<T>(values: readonly Eventual<T>[]): Eventual<readonly T[]> {
  const ready: T[] = [];
  for (const value of values) {
    if (value instanceof Promise) return Promise.all(values);
    ready.push(value);
  }
  return ready;
}
