import type { WildcardMatch } from '../matches/wildcard.ts';
import { AffixIndex } from './affix-index.ts';
import { InfixIndex } from './infix-index.ts';

type Place = 'start' | 'inside' | 'end';

interface Part {
  readonly place: Place;
  readonly text: string;
}

interface Entry {
  readonly parts: readonly Part[];
  readonly branch: number;
}

/** Branches by a wildcard text with one text or more between its wildcards. */
export class WildcardIndex {
  private readonly entries: Entry[] = [];
  private indexes: Indexes | undefined;

  add(match: WildcardMatch, branch: number): void {
    this.entries.push({ parts: partsOf(match), branch });
    this.indexes = undefined;
  }

  /** Calls back for each branch of which the value has the rarest part. */
  find(value: string, found: (branch: number) => void): void {
    if (this.entries.length === 0) return;
    this.indexes ??= build(this.entries);
    this.indexes.start.find(value, found);
    this.indexes.inside.find(value, found);
    this.indexes.end.find(value, found);
  }
}

/** Returns whether a wildcard text has anything but wildcards. */
export function hasParts(match: WildcardMatch): boolean {
  return match.parts.some((part) => part !== '');
}

interface Indexes {
  readonly start: AffixIndex;
  readonly inside: InfixIndex;
  readonly end: AffixIndex;
}

/** Each branch is found by that part which it shares with the fewest others. */
function build(entries: readonly Entry[]): Indexes {
  const shares = new Map<string, number>();
  for (const key of entries.flatMap(({ parts }) => parts.map(keyOf))) {
    shares.set(key, (shares.get(key) ?? 0) + 1);
  }
  const sharesOf = (part: Part): number => shares.get(keyOf(part)) ?? 0;
  const indexes = {
    start: new AffixIndex('start', (text) => text),
    inside: new InfixIndex(),
    end: new AffixIndex('end', (text) => text),
  };
  for (const { parts, branch } of entries) {
    const rarest = parts.reduce((best, part) => (sharesOf(part) < sharesOf(best) ? part : best));
    indexes[rarest.place].add(rarest.text, branch);
  }
  return indexes;
}

function partsOf({ parts }: WildcardMatch): readonly Part[] {
  const last = parts.length - 1;
  return parts
    .map(
      (text, index): Part => ({
        place: index === 0 ? 'start' : index === last ? 'end' : 'inside',
        text,
      }),
    )
    .filter(({ text }) => text !== '');
}

function keyOf({ place, text }: Part): string {
  return `${place} ${text}`;
}
