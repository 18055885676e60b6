import type { Comparison } from './condition-nodes.ts';
import { pathText } from './document-path.ts';
import type { ExpressionContext } from './expression-context.ts';
import { createProblems, type ExpressionProblems } from './expression-problems.ts';
import { type Operand, typeOf, valueTypeOf } from './operand.ts';

/** The kinds of problems of a condition, in the order in which DynamoDB names them. */
const KINDS = ['unknownFunction', 'misusedFunction', 'reserved', 'condition'] as const;

/** Kinds of which the first condition that has one names the first. */
const KINDS_OF_ONE = ['reference', 'operands', 'distinct', 'type'] as const;

type Kind = (typeof KINDS)[number] | (typeof KINDS_OF_ONE)[number];

/** What is noted while a condition is read. */
export interface ConditionChecks {
  readonly problems: ExpressionProblems<Kind>;
  /** Checks a call, and returns the type of what it returns. */
  call(name: string, operands: readonly Operand[]): string | undefined;
  comparison(type: Comparison['type'], operands: readonly Operand[]): void;
  /** `size` is an operand, not a condition. */
  notSize(condition: { readonly type: string; readonly name?: string }): void;
  /** A comparison or call has been read to its end. */
  conditionEnds(): void;
  /** The sentence with which DynamoDB refuses the whole. */
  refusal(): string | undefined;
}

/** Creates the checks of one condition. */
export function createConditionChecks({ compare }: ExpressionContext): ConditionChecks {
  const problems = createProblems<Kind>();
  const misused = (name: string) =>
    problems.note(
      'misusedFunction',
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  function noConditions(operands: readonly Operand[]): void {
    for (const { kind, node } of operands) {
      if (kind === 'call' && node.name !== 'size') misused(node.name);
    }
  }
  return {
    problems,
    call(name, operands) {
      noConditions(operands);
      return checkCall(problems, name, operands);
    },
    comparison(type, operands) {
      noConditions(operands);
      if (type === 'between') checkBounds(problems, compare, operands);
      else if (type === 'in') checkMembers(problems, operands.length - 1);
      else checkDistinct(problems, type, operands);
    },
    notSize({ type, name }) {
      if (type === 'function' && name === 'size') misused(name);
    },
    conditionEnds() {
      const sentence = problems.first(KINDS_OF_ONE);
      if (sentence !== undefined) problems.note('condition', sentence);
    },
    refusal: () => problems.first(KINDS),
  };
}

const OPERANDS: ReadonlyMap<string, number> = new Map([
  ['attribute_exists', 1],
  ['attribute_not_exists', 1],
  ['attribute_type', 2],
  ['begins_with', 2],
  ['contains', 2],
  ['size', 1],
]);

const FUNCTIONS_OF_UPDATES: ReadonlySet<string> = new Set(['if_not_exists', 'list_append']);

type ProblemsOfCalls = ExpressionProblems<'unknownFunction' | 'operands' | 'distinct' | 'type'>;

function checkCall(
  problems: ProblemsOfCalls,
  name: string,
  operands: readonly Operand[],
): string | undefined {
  if (problems.has('unknownFunction')) return undefined;
  const wanted = OPERANDS.get(name);
  if (wanted === undefined) {
    problems.note(
      'unknownFunction',
      FUNCTIONS_OF_UPDATES.has(name)
        ? `The function is not allowed in a condition expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    );
    return undefined;
  }
  if (problems.has('operands')) return undefined;
  if (wanted !== operands.length) {
    problems.note(
      'operands',
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
    return undefined;
  }
  checkDistinct(problems, name, operands);
  return problems.has('type') ? undefined : checkTypes(problems, name, operands);
}

function checkTypes(
  problems: ProblemsOfCalls,
  name: string,
  operands: readonly Operand[],
): string | undefined {
  const sentence = wrongType(name, operands);
  if (sentence !== undefined) {
    problems.note('type', sentence);
    return undefined;
  }
  if (name === 'attribute_exists' || name === 'attribute_not_exists') return undefined;
  return name === 'size' ? 'N' : 'BOOL';
}

function wrongType(name: string, operands: readonly Operand[]): string | undefined {
  const [one, other] = operands;
  const type = typeOf(one);
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      return one?.kind === 'path'
        ? undefined
        : `Operator or function requires a document path; operator or function: ${name}`;
    case 'begins_with': {
      const wrong = operands.map(typeOf).find((one) => one !== undefined && !/^[SB]$/.test(one));
      return wrong === undefined ? undefined : wrongOperand(name, wrong);
    }
    case 'attribute_type':
      return wrongTypeName(name, other);
    case 'size':
      return type !== undefined && NOT_SIZED.has(type) ? wrongOperand(name, type) : undefined;
    default:
      return undefined;
  }
}

const NOT_SIZED: ReadonlySet<string> = new Set(['N', 'BOOL', 'NULL']);
const TYPE_NAMES: ReadonlySet<unknown> = new Set([
  'S',
  'N',
  'B',
  'NULL',
  'SS',
  'BOOL',
  'L',
  'BS',
  'NS',
  'M',
]);

function wrongTypeName(name: string, operand: Operand | undefined): string | undefined {
  const type = typeOf(operand);
  if (type !== 'S') return wrongOperand(name, type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
  const typeName = operand?.kind === 'value' ? operand.node?.['S'] : undefined;
  if (TYPE_NAMES.has(typeName)) return undefined;
  return `Invalid attribute type name found; type: ${typeName}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`;
}

function wrongOperand(name: string, type: string): string {
  return `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`;
}

function checkDistinct(
  problems: ExpressionProblems<'distinct'>,
  operator: string,
  [one, other]: readonly Operand[],
): void {
  if (one?.kind !== 'path' || other?.kind !== 'path') return;
  if (one.node.length !== other.node.length) return;
  if (one.node.some((part, at) => part !== other.node[at])) return;
  problems.note(
    'distinct',
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(one.node)}`,
  );
}

function checkBounds(
  problems: ExpressionProblems<'type'>,
  compare: ExpressionContext['compare'],
  [, lower, upper]: readonly Operand[],
): void {
  if (lower?.kind !== 'value' || upper?.kind !== 'value') return;
  const [lowerType, upperType] = [valueTypeOf(lower), valueTypeOf(upper)];
  if (lower.node === undefined || upper.node === undefined) return;
  if (lowerType === undefined || upperType === undefined || problems.has('type')) return;
  const bounds = `lower bound operand: AttributeValue: {${lowerType}:${lower.node[lowerType]}}, upper bound operand: AttributeValue: {${upperType}:${upper.node[upperType]}}`;
  if (lowerType !== upperType) {
    problems.note(
      'type',
      `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`,
    );
  } else if (compare('GT', lower.node, upper.node)) {
    problems.note(
      'type',
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
}

const MAX_MEMBERS = 100;

function checkMembers(problems: ExpressionProblems<'type'>, members: number): void {
  if (members <= MAX_MEMBERS) return;
  problems.note(
    'type',
    `The IN operator is provided with too many operands; number of operands: ${members}`,
  );
}
