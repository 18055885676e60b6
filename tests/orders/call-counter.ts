/** Counts the calls of services, so that something can happen amid them. */
export interface CallCounter {
  readonly onCall: () => void;
  /** Counts from 0, and forgets what was to happen. */
  begin(): void;
  /** Does something as soon as so many calls have ended; once, and not after the next beginning. */
  after(calls: number, act: () => void): void;
}

/** Makes a counter that stands at 0. */
export function createCallCounter(): CallCounter {
  let count = 0;
  const waiting: { readonly calls: number; readonly act: () => void }[] = [];
  return {
    onCall() {
      count += 1;
      for (const one of waiting.filter(({ calls }) => calls <= count)) {
        waiting.splice(waiting.indexOf(one), 1);
        one.act();
      }
    },
    begin() {
      count = 0;
      waiting.length = 0;
    },
    after: (calls, act) => void waiting.push({ calls, act }),
  };
}
