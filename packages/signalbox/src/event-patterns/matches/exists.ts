import type { JsonTokens } from '../../core/json-text/json-tokens.ts';
import { readEnd } from './match-text.ts';

/** Any value at all, or no such field. */
export interface ExistsMatch {
  readonly kind: 'exists';
  readonly exists: boolean;
}

/** Reads `{"exists": …}` from behind its name. */
export function readExists(tokens: JsonTokens): ExistsMatch {
  const token = tokens.next();
  if (token !== 'true' && token !== 'false') {
    tokens.fail('exists match pattern must be either true or false.');
  }
  readEnd(tokens);
  return { kind: 'exists', exists: token === 'true' };
}
