import type { JsonTokens } from '../../core/json-text/json-tokens.ts';
import type { Leaf } from '../leaf.ts';
import { isSameIgnoringCase, readAffix } from './match-text.ts';

/** A string that begins so. */
export interface PrefixMatch {
  readonly kind: 'prefix';
  readonly text: string;
  readonly ignoreCase: boolean;
}

/** Reads `{"prefix": …}` from behind its name. */
export function readPrefix(tokens: JsonTokens): PrefixMatch {
  return { kind: 'prefix', ...readAffix(tokens, 'prefix') };
}

/** Returns whether the value begins as wanted. */
export function hasPrefix({ text, ignoreCase }: PrefixMatch, value: Leaf): boolean {
  if (typeof value !== 'string') return false;
  if (!ignoreCase) return value.startsWith(text);
  return isSameIgnoringCase(text, value.slice(0, text.length));
}
