import { createProblems, type ExpressionProblems } from './expression-problems.ts';
import { type Operand, typeOf, valueTypeOf } from './operand.ts';

/** The kinds of problems of an update, in the order in which DynamoDB names them. */
const KINDS = [
  'reserved',
  'unknownFunction',
  'section',
  'name',
  'value',
  'pathOverlap',
  'pathConflict',
  'operand',
  'function',
] as const;

/** A part of an update expression, named by its keyword. */
export type SectionKeyword = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';

/** What is noted while an update is read. */
export interface UpdateChecks {
  readonly problems: ExpressionProblems<(typeof KINDS)[number]>;
  section(keyword: SectionKeyword): void;
  /** Checks a call or a sum, and returns the type of what it returns. */
  call(name: string, operands: readonly Operand[]): string | undefined;
  /** Checks what an ADD or DELETE takes, and returns its type. */
  operand(keyword: SectionKeyword, operand: Operand): string | undefined;
  /** The sentence with which DynamoDB refuses the whole. */
  refusal(): string | undefined;
}

/** Creates the checks of one update. */
export function createUpdateChecks(): UpdateChecks {
  const problems = createProblems<(typeof KINDS)[number]>();
  const sections = new Set<SectionKeyword>();
  return {
    problems,
    section(keyword) {
      if (sections.has(keyword)) {
        problems.note(
          'section',
          `The "${keyword}" section can only be used once in an update expression;`,
        );
      }
      sections.add(keyword);
    },
    call: (name, operands) => checkCall(problems, name, operands),
    operand: (keyword, operand) => checkOperand(problems, keyword, operand),
    refusal: () => problems.first(KINDS),
  };
}

const FUNCTIONS: ReadonlySet<string> = new Set(['if_not_exists', 'list_append', '+', '-']);

const FUNCTIONS_OF_CONDITIONS: ReadonlySet<string> = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);

function checkCall(
  problems: ExpressionProblems<'unknownFunction' | 'function'>,
  name: string,
  operands: readonly Operand[],
): string | undefined {
  if (!FUNCTIONS.has(name)) {
    problems.note(
      'unknownFunction',
      FUNCTIONS_OF_CONDITIONS.has(name)
        ? `The function is not allowed in an update expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    );
  }
  if (problems.has('unknownFunction') || problems.has('function')) return undefined;
  const sentence = wrongOperands(name, operands);
  if (sentence === undefined) return typeOfCall(name, operands);
  problems.note('function', sentence);
  return undefined;
}

function typeOfCall(name: string, operands: readonly Operand[]): string | undefined {
  if (name === 'if_not_exists') return typeOf(operands[1]);
  return name === 'list_append' ? 'L' : 'N';
}

function wrongOperands(name: string, operands: readonly Operand[]): string | undefined {
  if (operands.length !== 2) {
    return `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`;
  }
  if (name === 'if_not_exists') {
    return operands[0]?.kind === 'path'
      ? undefined
      : `Operator or function requires a document path; operator or function: ${name}`;
  }
  const wanted = name === 'list_append' ? 'L' : 'N';
  const wrong = operands.map(valueTypeOf).find((type) => type !== undefined && type !== wanted);
  return wrong === undefined
    ? undefined
    : `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${wrong}`;
}

/** The types of which no set can be made, as DynamoDB names them. */
const NOT_SETS: ReadonlyMap<string | undefined, string> = new Map([
  ['S', 'STRING'],
  ['N', 'NUMBER'],
  ['B', 'BINARY'],
  ['NULL', 'NULL'],
  ['BOOL', 'BOOLEAN'],
  ['L', 'LIST'],
  ['M', 'MAP'],
]);

function checkOperand(
  problems: ExpressionProblems<'operand'>,
  keyword: SectionKeyword,
  operand: Operand,
): string | undefined {
  const type = valueTypeOf(operand);
  const wrong = keyword === 'ADD' && type === 'N' ? undefined : NOT_SETS.get(type);
  if (wrong !== undefined) {
    problems.note(
      'operand',
      `Incorrect operand type for operator or function; operator: ${keyword}, operand type: ${wrong}`,
    );
  }
  return type;
}
