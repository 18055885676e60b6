import type { JsonTokens } from '../../core/json-text/json-tokens.ts';
import type { Leaf } from '../leaf.ts';
import { isSameIgnoringCase, readOnlyString } from './match-text.ts';

/** The same string in any case. */
export interface EqualsIgnoreCaseMatch {
  readonly kind: 'equals-ignore-case';
  readonly text: string;
}

/** Reads `{"equals-ignore-case": …}` from behind its name. */
export function readEqualsIgnoreCase(tokens: JsonTokens): EqualsIgnoreCaseMatch {
  return { kind: 'equals-ignore-case', text: readOnlyString(tokens, 'equals-ignore-case') };
}

/** Returns whether the value is the wanted string in some case. */
export function equalsIgnoringCase({ text }: EqualsIgnoreCaseMatch, value: Leaf): boolean {
  return typeof value === 'string' && isSameIgnoringCase(text, value);
}
