/** A value whose changes take a while until they are read. */
export interface Eventual<T> {
  readonly value: T;
  /** Unix milliseconds from which the value is read. */
  readonly fromMs: number;
  /** The value that is read before. */
  readonly before: Eventual<T> | undefined;
}

/** Wraps a value that has always been there. */
export function eventual<T>(value: T): Eventual<T> {
  return { value, fromMs: Number.MIN_SAFE_INTEGER, before: undefined };
}

/** Reads what is visible at a time. */
export function readAt<T>(changing: Eventual<T>, nowMs: number): T {
  let seen = changing;
  while (seen.fromMs > nowMs && seen.before !== undefined) seen = seen.before;
  return seen.value;
}

/** Adds a change that is visible after a delay; what nobody will read again is forgotten. */
export function changeTo<T>(
  changing: Eventual<T>,
  value: T,
  { nowMs, delayMs }: { readonly nowMs: number; readonly delayMs: number },
): Eventual<T> {
  return { value, fromMs: nowMs + delayMs, before: sinceMs(changing, nowMs) };
}

function sinceMs<T>(changing: Eventual<T>, nowMs: number): Eventual<T> {
  if (changing.fromMs <= nowMs || changing.before === undefined) return eventual(changing.value);
  return { ...changing, before: sinceMs(changing.before, nowMs) };
}
