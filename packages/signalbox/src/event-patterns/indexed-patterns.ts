import { isJsonObject, type JsonObject, parseJson } from '../core/json.ts';
import { isConsistent } from './array-consistency.ts';
import { type BranchSet, branchSetsOf, type NumberedBranch } from './branches.ts';
import {
  createPathTree,
  type EventFields,
  type FieldValue,
  type PathTree,
  readFields,
} from './event-fields.ts';
import { type FieldFit, fitField, fitsAlone } from './field-fit.ts';
import type { ExclusionGroup } from './index/exclusion-group.ts';
import { ValueIndex } from './index/value-index.ts';
import type { Branch, FieldPattern, Pattern } from './pattern.ts';
import { TextFieldReader } from './text-field-reader.ts';

/** A field that one or more branches want, in the same words. */
interface SharedField {
  readonly field: FieldPattern;
  readonly slot: number;
  /** The event that `fits` and `fit` are about. */
  event: number;
  fits: boolean;
  fit: FieldFit | undefined;
}

/** A branch, or a set of branches with what they exclude. */
interface Candidate {
  readonly fields: readonly SharedField[];
  readonly pattern: number;
  readonly set: CandidateSet | undefined;
  /** The last event that it was looked at for. */
  event: number;
}

interface CandidateSet {
  readonly slots: readonly number[];
  readonly group: ExclusionGroup;
  readonly members: readonly Candidate[];
}

const NO_VALUES: readonly FieldValue[] = [];

/** Patterns with the indexes by which those are found that an event may match. */
export class IndexedPatterns {
  private readonly slots = new Map<string, number>();
  private readonly shared = new Map<string, SharedField>();
  private readonly candidates: readonly Candidate[];
  private readonly indexes = new Map<number, ValueIndex>();
  /** Candidates that may want a field to be absent, and nothing else to find them by. */
  private readonly always: number[] = [];
  private readonly tree: PathTree;
  private texts: TextFieldReader | undefined;
  /** Counts events, so that what is remembered of one is not taken for another. */
  private event = 0;
  private fields: EventFields = { values: new Map(), hasArrays: false };
  private matched: number[] = [];
  /** Patterns that matched together. */
  private lists: (readonly number[])[] = [];
  /** The last event that each pattern matched: it may by more than one branch. */
  private readonly matchedAt: number[];
  private readonly look = (index: number): void => this.lookAt(this.candidates[index]);

  constructor(patterns: readonly Pattern[]) {
    this.matchedAt = patterns.map(() => 0);
    const sets = branchSetsOf(patterns);
    this.candidates = sets.map((set) => this.candidateOf(set));
    sets.forEach(({ anchor }, index) => {
      if (anchor === undefined) this.always.push(index);
      else this.addAnchor(anchor, index);
    });
    this.tree = createPathTree([...this.slots.keys()]);
  }

  read(event: JsonObject): (path: string) => readonly FieldValue[] {
    const { values } = readFields(event, this.tree);
    return (path) => values.get(this.slots.get(path) ?? -1) ?? NO_VALUES;
  }

  match(event: JsonObject): readonly number[] {
    return this.matchFields(readFields(event, this.tree));
  }

  matchText(text: string): readonly number[] | undefined {
    this.texts ??= new TextFieldReader(this.tree);
    const fields = this.texts.read(text);
    if (fields !== undefined) return this.matchFields(fields);
    const event = parseJson(text);
    return isJsonObject(event) ? this.match(event) : undefined;
  }

  private matchFields(fields: EventFields): readonly number[] {
    this.event += 1;
    this.fields = fields;
    this.matched = [];
    this.lists = [];
    for (const index of this.always) this.look(index);
    for (const [slot, values] of fields.values) {
      const index = this.indexes.get(slot);
      if (index !== undefined) for (const { value } of values) index.find(value, this.look);
    }
    return inOrder(this.matched, this.lists);
  }

  private lookAt(candidate: Candidate | undefined): void {
    if (candidate === undefined || candidate.event === this.event) return;
    candidate.event = this.event;
    for (const field of candidate.fields) if (!this.fits(field)) return;
    if (candidate.set !== undefined) this.lookAtSet(candidate.set);
    else this.lookAtBranch(candidate);
  }

  private lookAtBranch({ fields, pattern }: Candidate): void {
    const isMatch = !this.fields.hasArrays || isConsistent(fields.map((one) => this.fitOf(one)));
    if (!isMatch || this.matchedAt[pattern] === this.event) return;
    this.matchedAt[pattern] = this.event;
    this.matched.push(pattern);
  }

  private lookAtSet({ group, slots, members }: CandidateSet): void {
    const list = this.fields.hasArrays
      ? undefined
      : group.match(slots.map((slot) => this.fields.values.get(slot) ?? NO_VALUES));
    if (list === undefined) for (const member of members) this.lookAt(member);
    else if (list.length > 0) this.lists.push(list);
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

  private candidateOf({ common, members, exclusion }: BranchSet): Candidate {
    const ofMember = ({ pattern, branch }: NumberedBranch): Candidate => ({
      fields: this.share(branch),
      pattern,
      set: undefined,
      event: 0,
    });
    const [first] = members;
    if (exclusion === undefined && first !== undefined) return ofMember(first);
    const set = exclusion && {
      slots: exclusion.paths.map((path) => this.slotOf(path)),
      group: exclusion.group,
      members: members.map(ofMember),
    };
    return { fields: this.share(common), pattern: -1, set, event: 0 };
  }

  private share(branch: Branch): readonly SharedField[] {
    return branch.map((field) => {
      const key = `${field.path} ${field.written}`;
      const known = this.shared.get(key);
      if (known !== undefined) return known;
      const slot = this.slotOf(field.path);
      const made = { field, slot, event: 0, fits: false, fit: undefined };
      this.shared.set(key, made);
      return made;
    });
  }

  private slotOf(path: string): number {
    const slot = this.slots.get(path) ?? this.slots.size;
    this.slots.set(path, slot);
    return slot;
  }

  private addAnchor(anchor: FieldPattern, candidate: number): void {
    const slot = this.slotOf(anchor.path);
    const index = this.indexes.get(slot) ?? new ValueIndex();
    this.indexes.set(slot, index);
    for (const match of anchor.matches) index.add(match, candidate);
  }
}

/** Joins what matched one by one and together. */
function inOrder(
  matched: readonly number[],
  lists: readonly (readonly number[])[],
): readonly number[] {
  const [first = matched, ...others] = lists;
  if (matched.length === 0 && others.length === 0) return first;
  const all = matched.concat(...lists);
  return isAscending(all) ? all : all.sort((a, b) => a - b);
}

function isAscending(numbers: readonly number[]): boolean {
  for (let at = 1; at < numbers.length; at += 1) {
    if ((numbers[at - 1] ?? 0) > (numbers[at] ?? 0)) return false;
  }
  return true;
}
