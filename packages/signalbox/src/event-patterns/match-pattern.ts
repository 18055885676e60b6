import type { JsonObject } from '../core/json.ts';
import { isConsistent } from './array-consistency.ts';
import { createPathTree, type EventFields, type FieldValue, readFields } from './event-fields.ts';
import { type FieldFit, fitField, fitsAlone, isPossible } from './field-fit.ts';
import { chooseAnchors } from './index/choose-anchor.ts';
import { ValueIndex } from './index/value-index.ts';
import type { Branch, FieldPattern, Pattern } from './pattern.ts';

/** The values of one event at the paths of some patterns. */
export type ValuesAt = (path: string) => readonly FieldValue[];

/** Patterns made ready for many events. */
export interface CompiledPatterns {
  /** Reads an event once for all patterns. */
  read(event: JsonObject): ValuesAt;
  /** The indexes of the patterns that match, in their order. */
  match(event: JsonObject): readonly number[];
}

const NO_VALUES: readonly FieldValue[] = [];

/**
 * Makes patterns ready to be matched against many events. Each event is read only once, and only
 * those patterns are looked at which want, of the most selective field, a value that it has.
 */
export function compilePatterns(patterns: readonly Pattern[]): CompiledPatterns {
  const compiled = new IndexedPatterns(patterns);
  return {
    read: (event) => compiled.read(event),
    match: (event) => compiled.match(event),
  };
}

/**
 * Returns whether an event matches a pattern as EventBridge does; to match many events, compile the
 * patterns once.
 * @example matchPattern({"detail": {"total": [{"numeric": [">", 100]}]}}, {"detail": {"total": 120}})
 */
export function matchPattern(pattern: Pattern, event: JsonObject): boolean {
  return compilePatterns([pattern]).match(event).length > 0;
}

/** Returns whether one branch fits, its fields given in the order of their paths. */
export function matchBranch(branch: Branch, valuesAt: ValuesAt): boolean {
  const fits: FieldFit[] = [];
  for (const field of branch) {
    const fit = fitField(field, valuesAt(field.path));
    if (!isPossible(fit)) return false;
    fits.push(fit);
  }
  return isConsistent(fits);
}

/** The order in which the service settles fields. */
export function sortByPath(branch: Branch): Branch {
  return [...branch].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** A field that one or more branches want, in the same words. */
interface SharedField {
  readonly field: FieldPattern;
  readonly slot: number;
  /** The event that `fits` and `fit` are about. */
  event: number;
  fits: boolean;
  fit: FieldFit | undefined;
}

interface IndexedBranch {
  readonly pattern: number;
  readonly fields: readonly SharedField[];
  /** The last event that it was looked at for. */
  event: number;
}

class IndexedPatterns {
  private readonly slots = new Map<string, number>();
  private readonly branches: readonly IndexedBranch[];
  private readonly indexes = new Map<number, ValueIndex>();
  /** Branches that may want a field to be absent, and nothing else to find them by. */
  private readonly always: number[] = [];
  private readonly tree: ReturnType<typeof createPathTree>;
  /** Counts events, so that what is remembered of one is not taken for another. */
  private event = 0;
  private fields: EventFields = { values: new Map(), hasArrays: false };
  private matched: number[] = [];
  /** The last event that each pattern matched: it may by more than one branch. */
  private readonly matchedAt: number[];
  private readonly look = (index: number): void => this.lookAt(index);

  constructor(patterns: readonly Pattern[]) {
    const all = patterns.flatMap(({ branches }, pattern) =>
      branches.map((branch) => ({ pattern, branch: sortByPath(branch) })),
    );
    this.matchedAt = patterns.map(() => 0);
    const shared = new Map<string, SharedField>();
    this.branches = all.map(({ pattern, branch }) => ({
      pattern,
      fields: branch.map((field) => this.share(field, shared)),
      event: 0,
    }));
    this.tree = createPathTree([...this.slots.keys()]);
    chooseAnchors(all.map(({ branch }) => branch)).forEach((anchor, index) => {
      if (anchor === undefined) this.always.push(index);
      else this.addAnchor(anchor, index);
    });
  }

  read(event: JsonObject): ValuesAt {
    const { values } = readFields(event, this.tree);
    return (path) => values.get(this.slots.get(path) ?? -1) ?? NO_VALUES;
  }

  match(event: JsonObject): readonly number[] {
    this.event += 1;
    this.fields = readFields(event, this.tree);
    this.matched = [];
    for (const index of this.always) this.lookAt(index);
    for (const [slot, values] of this.fields.values) {
      const index = this.indexes.get(slot);
      if (index !== undefined) for (const { value } of values) index.find(value, this.look);
    }
    return isAscending(this.matched) ? this.matched : this.matched.sort((a, b) => a - b);
  }

  private lookAt(index: number): void {
    const branch = this.branches[index];
    if (branch === undefined || branch.event === this.event) return;
    branch.event = this.event;
    for (const field of branch.fields) if (!this.fits(field)) return;
    const isMatch =
      !this.fields.hasArrays || isConsistent(branch.fields.map((field) => this.fitOf(field)));
    if (!isMatch || this.matchedAt[branch.pattern] === this.event) return;
    this.matchedAt[branch.pattern] = this.event;
    this.matched.push(branch.pattern);
  }

  private fits(shared: SharedField): boolean {
    if (shared.event !== this.event) {
      shared.event = this.event;
      shared.fit = undefined;
      shared.fits = fitsAlone(shared.field, this.valuesOf(shared));
    }
    return shared.fits;
  }

  private fitOf(shared: SharedField): FieldFit {
    shared.fit ??= fitField(shared.field, this.valuesOf(shared));
    return shared.fit;
  }

  private valuesOf({ slot }: SharedField): readonly FieldValue[] {
    return this.fields.values.get(slot) ?? NO_VALUES;
  }

  private slotOf(path: string): number {
    const slot = this.slots.get(path) ?? this.slots.size;
    this.slots.set(path, slot);
    return slot;
  }

  private share(field: FieldPattern, shared: Map<string, SharedField>): SharedField {
    const key = `${field.path} ${field.written}`;
    const known = shared.get(key);
    if (known !== undefined) return known;
    const slot = this.slotOf(field.path);
    const made = { field, slot, event: 0, fits: false, fit: undefined };
    shared.set(key, made);
    return made;
  }

  private addAnchor(anchor: FieldPattern, branch: number): void {
    const slot = this.slotOf(anchor.path);
    const index = this.indexes.get(slot) ?? new ValueIndex();
    this.indexes.set(slot, index);
    for (const match of anchor.matches) index.add(match, branch);
  }
}

function isAscending(numbers: readonly number[]): boolean {
  for (let at = 1; at < numbers.length; at += 1) {
    if ((numbers[at - 1] ?? 0) > (numbers[at] ?? 0)) return false;
  }
  return true;
}
