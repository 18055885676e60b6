import type { Leaf } from '../leaf.ts';
import { parseAddress } from '../matches/address.ts';
import type { ValueMatch } from '../pattern.ts';
import { AffixIndex } from './affix-index.ts';
import { caseKey } from './case-key.ts';
import { RangeIndex } from './range-index.ts';
import { hasParts, WildcardIndex } from './wildcard-index.ts';

/**
 * Finds by the value of one field the branches that may want it: all that do, and perhaps others,
 * which matching itself then excludes.
 */
export class ValueIndex {
  private readonly exact = new Map<Leaf, number[]>();
  private readonly addresses = new Map<string, number[]>();
  private readonly ignoringCase = new Map<string, number[]>();
  private readonly prefixes = new AffixIndex('start', (text) => text);
  private readonly suffixes = new AffixIndex('end', (text) => text);
  private readonly casePrefixes = new AffixIndex('start', caseKey);
  private readonly caseSuffixes = new AffixIndex('end', caseKey);
  private readonly wildcards = new WildcardIndex();
  private readonly ranges = new RangeIndex();
  /** Those that any value may fit. */
  private readonly others: number[] = [];

  /** Adds one of the matches that a branch wants of the field. */
  add(match: ValueMatch, branch: number): void {
    switch (match.kind) {
      case 'exact':
        put(this.exact, match.value, branch);
        break;
      case 'address':
        put(this.addresses, match.digits, branch);
        break;
      case 'equals-ignore-case':
        put(this.ignoringCase, caseKey(match.text), branch);
        break;
      case 'prefix':
        (match.ignoreCase ? this.casePrefixes : this.prefixes).add(match.text, branch);
        break;
      case 'suffix':
        (match.ignoreCase ? this.caseSuffixes : this.suffixes).add(match.text, branch);
        break;
      case 'wildcard':
        if (match.parts.length === 1) put(this.exact, match.parts[0] ?? '', branch);
        else if (hasParts(match)) this.wildcards.add(match, branch);
        else this.others.push(branch);
        break;
      case 'numeric': {
        const { bottom, top } = match;
        const lowest = bottom?.value ?? Number.NEGATIVE_INFINITY;
        this.ranges.add(lowest, top?.value ?? Number.POSITIVE_INFINITY, branch);
        break;
      }
      case 'exists':
      case 'cidr':
      case 'anything-but':
        this.others.push(branch);
    }
  }

  /** Calls back for each branch that may want the value, for some of them more than once. */
  find(value: Leaf, found: (branch: number) => void): void {
    each(this.exact.get(value), found);
    each(this.others, found);
    if (typeof value === 'number') this.ranges.find(value, found);
    if (typeof value !== 'string') return;
    this.prefixes.find(value, found);
    this.suffixes.find(value, found);
    this.casePrefixes.find(value, found);
    this.caseSuffixes.find(value, found);
    this.wildcards.find(value, found);
    if (this.ignoringCase.size > 0) each(this.ignoringCase.get(caseKey(value)), found);
    if (this.addresses.size === 0) return;
    const digits = parseAddress(value);
    if (digits !== undefined) each(this.addresses.get(digits), found);
  }
}

/** Returns whether a match is found by its value, rather than with every value of the field. */
export function isSelective(match: ValueMatch): boolean {
  switch (match.kind) {
    case 'exists':
    case 'cidr':
    case 'anything-but':
      return false;
    case 'wildcard':
      return match.parts.length === 1 || hasParts(match);
    default:
      return true;
  }
}

function put<K>(map: Map<K, number[]>, key: K, branch: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [branch]);
  else known.push(branch);
}

function each(branches: readonly number[] | undefined, found: (branch: number) => void): void {
  if (branches !== undefined) for (const branch of branches) found(branch);
}
