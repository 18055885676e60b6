import type { AddressMatch } from './matches/address.ts';
import type { AnythingButMatch } from './matches/anything-but.ts';
import type { CidrMatch } from './matches/cidr.ts';
import type { EqualsIgnoreCaseMatch } from './matches/equals-ignore-case.ts';
import type { ExactMatch } from './matches/exact.ts';
import type { ExistsMatch } from './matches/exists.ts';
import type { NumericMatch } from './matches/numeric.ts';
import type { PrefixMatch } from './matches/prefix.ts';
import type { SuffixMatch } from './matches/suffix.ts';
import type { WildcardMatch } from './matches/wildcard.ts';

/** One way in which a field's value may fit. */
export type ValueMatch =
  /** The very string, number, boolean or null. */
  | ExactMatch
  /** The same IP address, however it is written: what EventBridge makes of a string that is one. */
  | AddressMatch
  /** A string that begins so, in any case where `equals-ignore-case` is inside. */
  | PrefixMatch
  /** A string that ends so, in any case where `equals-ignore-case` is inside. */
  | SuffixMatch
  /** The same string in any case. */
  | EqualsIgnoreCaseMatch
  /** Any value but these strings, numbers, prefixes, suffixes or wildcards. */
  | AnythingButMatch
  /** A number that is equal, or between bounds. */
  | NumericMatch
  /** Any value at all, or no such field. */
  | ExistsMatch
  /** An IP address in a block. */
  | CidrMatch
  /** A string in which each `*` stands for any run of characters. */
  | WildcardMatch;

/** The conditions of a pattern on one field. */
export interface FieldPattern {
  /** The names on the way to the field, joined by dots: EventBridge doesn't distinguish `a.b` from b inside a. */
  readonly path: string;
  /** One of these must fit. */
  readonly matches: readonly ValueMatch[];
  /** As the user wrote it, for messages. */
  readonly written: string;
}

/** All of these fields must fit. */
export type Branch = readonly FieldPattern[];

/** An event pattern: one of the branches, which `$or` makes, must fit. */
export interface Pattern {
  readonly branches: readonly Branch[];
}
