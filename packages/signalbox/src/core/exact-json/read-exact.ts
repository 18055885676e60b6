import { type ExactNumber, numberOf } from './exact-number.ts';
import { objectOf } from './ordered-object.ts';

type Value =
  | string
  | number
  | boolean
  | null
  | ExactNumber
  | readonly Value[]
  | { readonly [name: string]: Value };

const TOKEN = /\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|(-?\d[\d.eE+-]*)|(true|false|null)|([[\]{},:]))/y;

/** Reads a text that is known to be JSON, each number digit for digit and each name in its place. */
export function readExact(text: string): Value {
  TOKEN.lastIndex = 0;
  return readValue(text, nextToken(text));
}

/** The text, number, word or mark. */
type Token = readonly [string | undefined, string | undefined, string | undefined, string];

function nextToken(text: string): Token {
  const [, quoted, number, word, mark = ''] = TOKEN.exec(text) ?? [];
  return [quoted, number, word, mark];
}

function readValue(text: string, [quoted, number, word, mark]: Token): Value {
  if (quoted !== undefined) return unescaped(quoted);
  if (number !== undefined) return numberOf(number);
  if (word !== undefined) return word === 'null' ? null : word === 'true';
  return mark === '[' ? readItems(text) : readMembers(text);
}

function unescaped(quoted: string): string {
  return quoted.includes('\\') ? JSON.parse(`"${quoted}"`) : quoted;
}

function readItems(text: string): readonly Value[] {
  const items: Value[] = [];
  for (let token = nextToken(text); token[3] !== ']'; token = nextToken(text)) {
    if (token[3] !== ',') items.push(readValue(text, token));
  }
  return items;
}

function readMembers(text: string): { readonly [name: string]: Value } {
  const members: [string, Value][] = [];
  for (let token = nextToken(text); token[3] !== '}'; token = nextToken(text)) {
    if (token[0] === undefined) continue;
    nextToken(text);
    members.push([unescaped(token[0]), readValue(text, nextToken(text))]);
  }
  return objectOf(members);
}
