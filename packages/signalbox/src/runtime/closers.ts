/** Things to close, the last opened first. */
export interface Closers {
  add(close: () => void | Promise<void>): void;
  close(): Promise<void>;
}

/** Keeps what is open, so that a failed start leaves nothing behind. */
export function createClosers(): Closers {
  const closers: (() => void | Promise<void>)[] = [];
  return {
    add: (close) => void closers.push(close),
    async close() {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
    },
  };
}
