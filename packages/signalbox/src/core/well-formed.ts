/** Attribute values by their names, or one of them. */
export type WellFormedKind = 'map' | 'value';

/** A value that was taken out of another, and where it stood. */
export interface TakenValue {
  readonly path: readonly (string | number)[];
  readonly value: object;
  readonly kind: WellFormedKind;
  readonly count: number;
}

/** What was found in a value. */
export interface WellFormed {
  readonly kind: WellFormedKind;
  /** How many values there are in it, at any depth. */
  readonly count: number;
}

const marks = new WeakMap<object, WellFormed>();

/** Notes that everything in DynamoDB's attribute values was looked at and fits, so that nobody need look again. */
export function markWellFormed(value: object, mark: WellFormed): void {
  marks.set(value, mark);
}

/** What a value was marked as; undefined where nobody has looked at it. */
export function wellFormed(value: unknown): WellFormed | undefined {
  return typeof value === 'object' && value !== null ? marks.get(value) : undefined;
}

/** What stands in the place of a value that was taken out: nothing, in its form. */
export function placeholderOf(kind: WellFormedKind): object {
  return kind === 'map' ? {} : { NULL: true };
}

/**
 * Puts values back where they stood, into what was made of the rest, and marks them.
 * @returns Nothing: the root is changed.
 */
export function putBack(taken: readonly TakenValue[], root: object): void {
  for (const { path, value, kind, count } of taken) {
    const last = path.at(-1);
    const parent = path.slice(0, -1).reduce<unknown>(memberOf, root);
    if (typeof parent !== 'object' || parent === null || last === undefined) continue;
    markWellFormed(value, { kind, count });
    Reflect.set(parent, last, value);
  }
}

function memberOf(parent: unknown, step: string | number): unknown {
  if (typeof parent !== 'object' || parent === null) return undefined;
  return Object.hasOwn(parent, step) ? Reflect.get(parent, step) : undefined;
}
