import type { JsonTokens } from '../core/json-text/json-tokens.ts';
import type { Leaf } from './leaf.ts';
import { isAddress, parseAddress } from './matches/address.ts';
import { isAnythingBut, readAnythingBut } from './matches/anything-but.ts';
import { isInCidr, readCidr } from './matches/cidr.ts';
import { equalsIgnoringCase, readEqualsIgnoreCase } from './matches/equals-ignore-case.ts';
import { isExactly } from './matches/exact.ts';
import { readExists } from './matches/exists.ts';
import { readOnlyString } from './matches/match-text.ts';
import { isWithin, readNumeric } from './matches/numeric.ts';
import { hasPrefix, readPrefix } from './matches/prefix.ts';
import { hasSuffix, readSuffix } from './matches/suffix.ts';
import { fitsWildcard, readWildcard } from './matches/wildcard.ts';
import type { ValueMatch } from './pattern.ts';

/** The match types by name, each with what reads it from behind its name. */
export const MATCH_TYPES: ReadonlyMap<string, (tokens: JsonTokens) => ValueMatch> = new Map<
  string,
  (tokens: JsonTokens) => ValueMatch
>([
  // Accepted by the service, if not documented.
  ['exactly', (tokens) => ({ kind: 'exact', value: readOnlyString(tokens, 'exact') })],
  ['prefix', readPrefix],
  ['suffix', readSuffix],
  ['equals-ignore-case', readEqualsIgnoreCase],
  ['anything-but', readAnythingBut],
  ['numeric', readNumeric],
  ['exists', readExists],
  ['cidr', readCidr],
  ['wildcard', readWildcard],
]);

/** Makes the match for a plain string: one that is an IP address fits it in every spelling. */
export function matchString(text: string): ValueMatch {
  const digits = parseAddress(text);
  if (digits === undefined) return { kind: 'exact', value: text };
  return { kind: 'address', text, digits };
}

/** Returns whether a field's value fits; `exists: false` fits no value. */
export function matchesValue(match: ValueMatch, value: Leaf): boolean {
  switch (match.kind) {
    case 'exact':
      return isExactly(match, value);
    case 'address':
      return isAddress(match, value);
    case 'prefix':
      return hasPrefix(match, value);
    case 'suffix':
      return hasSuffix(match, value);
    case 'equals-ignore-case':
      return equalsIgnoringCase(match, value);
    case 'anything-but':
      return isAnythingBut(match, value);
    case 'numeric':
      return isWithin(match, value);
    case 'exists':
      return match.exists;
    case 'cidr':
      return isInCidr(match, value);
    case 'wildcard':
      return fitsWildcard(match, value);
  }
}

/** Returns whether the match wants the field to be absent. */
export function wantsAbsence(match: ValueMatch): boolean {
  return match.kind === 'exists' && !match.exists;
}
