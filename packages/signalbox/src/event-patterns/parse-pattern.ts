import type { Json } from '../core/json.ts';
import { JsonTokens } from '../core/json-text/json-tokens.ts';
import { placeText, TextFault } from '../core/json-text/text-fault.ts';
import { bad, ok, type Result } from '../core/result.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { MATCH_TYPES, matchString } from './match-value.ts';
import type { FieldPattern, Pattern, ValueMatch } from './pattern.ts';
import { requireSimpleWildcards } from './wildcard-complexity.ts';

/** Fields by path, one map for each branch that `$or` makes; a path given twice keeps its last matches. */
type Branches = readonly ReadonlyMap<string, FieldPattern>[];

interface Reader {
  readonly source: string;
  readonly tokens: JsonTokens;
  /** Names on the way to the object being read. */
  path: readonly string[];
}

const MAX_BRANCHES = 1000;

/**
 * The most characters of a pattern that the API takes.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
export const MAX_PATTERN_LENGTH = 4096;

/** Words that EventBridge keeps for itself inside `$or`. */
const RESERVED_IN_OR: ReadonlySet<string> = new Set([
  ...MATCH_TYPES.keys(),
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

/**
 * Reads an event pattern; the problem has EventBridge's own words and the path of the field.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function parsePattern(pattern: Json): Result<Pattern> {
  return parse(JSON.stringify(pattern), () => '');
}

/**
 * Reads the text of an event pattern; the problem's message is the whole message of the service's
 * InvalidEventPatternException, with its line and column.
 */
export function parsePatternText(source: string): Result<Pattern> {
  return parse(source, ({ offset }) => `\n at ${placeText(source, offset)}`);
}

function parse(source: string, placeOf: (fault: TextFault) => string): Result<Pattern> {
  const reader: Reader = { source, tokens: new JsonTokens(source), path: [] };
  try {
    return ok(readPattern(reader));
  } catch (error) {
    if (!(error instanceof TextFault || error instanceof InvalidPattern)) throw error;
    const place = error instanceof TextFault ? placeOf(error) : '';
    const message = `Event pattern is not valid. Reason: ${error.message}${place}`;
    return bad({ message, path: reader.path.join('.') });
  }
}

function readPattern(reader: Reader): Pattern {
  if (reader.tokens.next() !== 'start-object') reader.tokens.fail('Filter is not an object');
  const branches = readObject(reader, [], false);
  const pattern = { branches: branches.map((fields) => [...fields.values()]) };
  requireSimpleWildcards(pattern);
  return pattern;
}

function readObject(reader: Reader, before: Branches, insideOr: boolean): Branches {
  const { tokens } = reader;
  const outer = reader.path;
  let branches = before;
  let isEmpty = true;
  while (tokens.next() !== 'end-object') {
    isEmpty = false;
    const name = tokens.text();
    reader.path = [...outer, name];
    branches =
      name === '$or'
        ? readOr({ ...reader, path: outer }, branches)
        : readField(reader, branches, insideOr);
    reader.path = outer;
  }
  if (isEmpty) tokens.fail('Empty objects are not allowed');
  return branches;
}

function readField(reader: Reader, branches: Branches, insideOr: boolean): Branches {
  const { tokens } = reader;
  const name = reader.path.at(-1) ?? '';
  if (insideOr && RESERVED_IN_OR.has(name)) {
    tokens.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
  }
  switch (tokens.next()) {
    case 'start-object':
      return readObject(reader, branches, insideOr);
    case 'start-array':
      return addField(branches, readMatches(reader));
    default:
      return tokens.fail(`"${name}" must be an object or an array`);
  }
}

/** Each object of `$or` goes on from all branches so far. */
function readOr(reader: Reader, before: Branches): Branches {
  const { tokens } = reader;
  if (tokens.next() !== 'start-array') tokens.fail('It must be an Array followed with $or.');
  const alternatives: Branches[] = [];
  for (let token = tokens.next(); token !== 'end-array'; token = tokens.next()) {
    if (token !== 'start-object') {
      tokens.fail('Only JSON object is allowed in array of $or relationship.');
    }
    alternatives.push(readObject(reader, before, true));
  }
  if (alternatives.length < 2) {
    tokens.fail('There must have at least 2 Objects in $or relationship.');
  }
  const branches = alternatives.flat();
  if (branches.length > MAX_BRANCHES) {
    tokens.fail(`$or makes ${branches.length} combinations, and ${MAX_BRANCHES} are allowed`);
  }
  return branches;
}

function addField(before: Branches, field: FieldPattern): Branches {
  const branches = before.length === 0 ? [new Map<string, FieldPattern>()] : before;
  return branches.map((fields) => new Map(fields).set(field.path, field));
}

function readMatches(reader: Reader): FieldPattern {
  const { tokens, source } = reader;
  const start = tokens.offset - 1;
  const matches: ValueMatch[] = [];
  for (let token = tokens.next(); token !== 'end-array'; token = tokens.next()) {
    switch (token) {
      case 'start-object':
        matches.push(readMatch(tokens));
        break;
      case 'string':
        matches.push(matchString(tokens.text()));
        break;
      case 'number':
        matches.push({ kind: 'exact', value: Number(tokens.text()) });
        break;
      case 'true':
      case 'false':
        matches.push({ kind: 'exact', value: token === 'true' });
        break;
      case 'null':
        matches.push({ kind: 'exact', value: null });
        break;
      default:
        tokens.fail('Match value must be String, number, true, false, or null');
    }
  }
  if (matches.length === 0) tokens.fail('Empty arrays are not allowed');
  return { path: reader.path.join('.'), matches, written: source.slice(start, tokens.offset) };
}

function readMatch(tokens: JsonTokens): ValueMatch {
  if (tokens.next() !== 'field-name') tokens.fail('Match expression name not found');
  const name = tokens.text();
  const read = MATCH_TYPES.get(name) ?? tokens.fail(`Unrecognized match type ${name}`);
  return read(tokens);
}
