import { parseJson } from '../json.ts';
import { JsonTokens } from './json-tokens.ts';
import { positionIn, TextFault } from './text-fault.ts';

/** The place where a text stops being JSON, and the reason in the words of the parser that AWS uses. */
export interface JsonFault {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based; of a token or character that is not known, where it ends. */
  readonly column: number;
}

/** Finds out why a text is not JSON; undefined where it is. */
export function jsonFault(text: string): JsonFault | undefined {
  if (parseJson(text) !== undefined) return undefined;
  const tokens = new JsonTokens(text);
  try {
    readValue(tokens);
    tokens.requireEnd();
    return undefined;
  } catch (error) {
    if (!(error instanceof TextFault)) throw error;
    return { message: error.message, ...positionIn(text, error.offset) };
  }
}

/** Reads to the end of one value. */
function readValue(tokens: JsonTokens): void {
  let depth = 0;
  do {
    const token = tokens.next();
    if (token === 'start-object' || token === 'start-array') depth += 1;
    if (token === 'end-object' || token === 'end-array') depth -= 1;
    if (token === 'end') tokens.fail('Unexpected end-of-input');
  } while (depth > 0);
}
