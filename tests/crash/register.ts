/** The books of values that are written over: the last one that was accepted must be there. */
export interface Register {
  note(key: string, value: string, isAccepted: boolean): void;
  /** The keys that were written, or perhaps written. */
  keys(): readonly string[];
  /** Says why a value that was found is wrong. */
  wrongs(key: string, found: string | undefined): readonly string[];
}

/** Makes empty books of values of a kind, such as `object`. */
export function createRegister(kind: string): Register {
  /** The values that may be there: one that was accepted takes the place of all before. */
  const possible = new Map<string, (string | undefined)[]>();
  return {
    note(key, value, isAccepted) {
      possible.set(key, isAccepted ? [value] : [...(possible.get(key) ?? [undefined]), value]);
    },
    keys: () => [...possible.keys()],
    wrongs(key, found) {
      const values = possible.get(key) ?? [undefined];
      if (values.includes(found)) return [];
      return [`The ${kind} ${key} is ${found}, where ${values.join(' or ')} was accepted`];
    },
  };
}
