import type { FieldValue } from '../event-fields.ts';
import { matchesValue } from '../match-value.ts';
import type { AnythingButMatch } from '../matches/anything-but.ts';
import type { Branch, FieldPattern, ValueMatch } from '../pattern.ts';
import { ValueIndex } from './value-index.ts';

/** A branch of a pattern in two halves. */
export interface SplitBranch {
  /** The fields that want `anything-but`, and nothing else. */
  readonly excluding: readonly FieldPattern[];
  readonly others: readonly FieldPattern[];
}

/** Splits a branch. */
export function splitBranch(branch: Branch): SplitBranch {
  return {
    excluding: branch.filter((field) => exclusionOf(field) !== undefined),
    others: branch.filter((field) => exclusionOf(field) === undefined),
  };
}

/** What branches must have in common to be in one group. */
export function groupKey({ excluding, others }: SplitBranch): string {
  return JSON.stringify([
    excluding.map(({ path }) => path),
    others.map(({ path, written }) => [path, written]),
  ]);
}

/**
 * Patterns that differ in what a field must not be, and in nothing else. Nearly all of them match nearly
 * every event, so that it is those which do not match that are looked for.
 */
export class ExclusionGroup {
  private readonly patterns: readonly number[];
  private readonly matches: readonly (readonly AnythingButMatch[])[];
  private readonly indexes: readonly ValueIndex[];

  /** `excluding` has the fields of each pattern, in the same order of paths. */
  constructor(patterns: readonly number[], excluding: readonly (readonly FieldPattern[])[]) {
    this.patterns = patterns;
    const count = excluding[0]?.length ?? 0;
    this.matches = Array.from({ length: count }, (_, field) =>
      excluding.flatMap((fields) => exclusionOf(fields[field]) ?? []),
    );
    this.indexes = this.matches.map(indexOf);
  }

  /**
   * The patterns that match, in their order, by the values of each field; undefined where a field has
   * many values, so that each pattern is to be looked at.
   */
  match(fields: readonly (readonly FieldValue[])[]): readonly number[] | undefined {
    if (fields.some((values) => values.length > 1)) return undefined;
    if (fields.some((values) => values.length === 0)) return [];
    const excluded = new Set<number>();
    fields.forEach(([found], field) => {
      if (found === undefined) return;
      this.indexes[field]?.find(found.value, (member) => {
        const match = this.matches[field]?.[member];
        if (match !== undefined && !matchesValue(match, found.value)) excluded.add(member);
      });
    });
    return excluded.size === 0 ? this.patterns : without(this.patterns, excluded);
  }
}

function exclusionOf(field: FieldPattern | undefined): AnythingButMatch | undefined {
  const [first, ...others] = field?.matches ?? [];
  return first?.kind === 'anything-but' && others.length === 0 ? first : undefined;
}

/** Finds the members by a value that they may exclude. */
function indexOf(matches: readonly AnythingButMatch[]): ValueIndex {
  const index = new ValueIndex();
  matches.forEach((match, member) => {
    for (const excluded of excludedBy(match)) index.add(excluded, member);
  });
  return index;
}

function excludedBy(match: AnythingButMatch): readonly ValueMatch[] {
  if ('values' in match) return match.values.map((value) => ({ kind: 'exact', value }));
  if ('wildcards' in match) return match.wildcards;
  const { affix, texts } = match;
  return texts.map((text) =>
    affix === 'equals-ignore-case'
      ? { kind: affix, text }
      : { kind: affix, text, ignoreCase: false },
  );
}

/** Copies a list without some of its places, in pieces: most of it stays. */
function without(list: readonly number[], places: ReadonlySet<number>): readonly number[] {
  const pieces: (readonly number[])[] = [];
  let start = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    pieces.push(list.slice(start, place));
    start = place + 1;
  }
  return list.slice(0, 0).concat(...pieces, list.slice(start));
}
