import { RE2JS, RE2JSException } from 're2js';

/** What a service's model demands of a member beyond its type. */
export interface Constraint {
  readonly enum?: readonly string[];
  /** The least length of a text, list or blob, or the least number. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression that the whole text fits. */
  readonly pattern?: string;
}

/** Says which of a constraint's demands a value does not meet, in the words of AWS. */
export function unmetDemands(constraint: Constraint, value: unknown): readonly string[] {
  if (typeof value === 'number') return wrongBounds(constraint, value, 'value');
  if (typeof value === 'string') {
    const wrong = [
      ...wrongEnum(constraint, value),
      ...wrongBounds(constraint, value.length, 'length'),
    ];
    // A text that is too long is not searched.
    return wrong.length > 0 ? wrong : wrongPattern(constraint, value);
  }
  if (Array.isArray(value) || value instanceof Uint8Array) {
    return wrongBounds(constraint, value.length, 'length');
  }
  return [];
}

/** All of a constraint's demands, as AWS names them for the members of a list. */
export function demandsOf({ enum: members, min, max, pattern }: Constraint): readonly string[] {
  return [
    ...(max === undefined ? [] : [atMost(max, 'length')]),
    ...(min === undefined ? [] : [atLeast(min, 'length')]),
    ...(members === undefined ? [] : [oneOf(members)]),
    ...(pattern === undefined ? [] : [fitting(pattern)]),
  ];
}

function wrongEnum({ enum: members }: Constraint, text: string): readonly string[] {
  return members === undefined || members.includes(text) ? [] : [oneOf(members)];
}

function wrongBounds(
  { min, max }: Constraint,
  size: number,
  what: 'length' | 'value',
): readonly string[] {
  if (max !== undefined && size > max) return [atMost(max, what)];
  return min !== undefined && size < min ? [atLeast(min, what)] : [];
}

function wrongPattern({ pattern }: Constraint, text: string): readonly string[] {
  return pattern === undefined || matcherOf(pattern)(text) ? [] : [fitting(pattern)];
}

const oneOf = (members: readonly string[]) =>
  `Member must satisfy enum value set: [${members.join(', ')}]`;
const atMost = (max: number, what: string) =>
  `Member must have ${what} less than or equal to ${max}`;
const atLeast = (min: number, what: string) =>
  `Member must have ${what} greater than or equal to ${min}`;
const fitting = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;

type Matcher = (text: string) => boolean;

const matchers = new Map<string, Matcher>();

function matcherOf(pattern: string): Matcher {
  const known = matchers.get(pattern);
  if (known !== undefined) return known;
  const matcher = compile(pattern);
  matchers.set(pattern, matcher);
  return matcher;
}

/** In time that is linear in the text, but for the few patterns of AWS's that look around. */
function compile(pattern: string): Matcher {
  try {
    const linear = RE2JS.compile(pattern);
    return (text) => linear.matches(text);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const expression = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
    return (text) => expression.test(text);
  }
}
