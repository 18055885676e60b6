import type { JsonTokens } from '../../core/json-text/json-tokens.ts';
import type { Leaf } from '../leaf.ts';
import { isSameIgnoringCase, readAffix } from './match-text.ts';

/** A string that ends so. */
export interface SuffixMatch {
  readonly kind: 'suffix';
  readonly text: string;
  readonly ignoreCase: boolean;
}

/** Reads `{"suffix": …}` from behind its name. */
export function readSuffix(tokens: JsonTokens): SuffixMatch {
  return { kind: 'suffix', ...readAffix(tokens, 'suffix') };
}

/** Returns whether the value ends as wanted. */
export function hasSuffix({ text, ignoreCase }: SuffixMatch, value: Leaf): boolean {
  if (typeof value !== 'string') return false;
  if (!ignoreCase) return value.endsWith(text);
  return isSameIgnoringCase(text, value.slice(Math.max(0, value.length - text.length)));
}
