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

/** Finds a name that an object has twice, which the parser that AWS uses for definitions refuses. */
export function duplicateName(text: string): JsonFault | undefined {
  const tokens = new JsonTokens(text);
  const objects: Set<string>[] = [];
  for (let token = tokens.next(); token !== 'end'; token = tokens.next()) {
    if (token === 'start-object') objects.push(new Set());
    if (token === 'end-object') objects.pop();
    if (token !== 'field-name') continue;
    const name = tokens.text();
    const names = objects.at(-1);
    if (names?.has(name) === true) {
      return { message: `Duplicate field '${name}'`, ...positionIn(text, tokens.offset) };
    }
    names?.add(name);
  }
  return undefined;
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
