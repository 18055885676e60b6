import { type ConditionChecks, createConditionChecks } from './condition-checks.ts';
import type { Comparison, ConditionNode, ParsedCondition } from './condition-nodes.ts';
import { type DocumentPath, nestedIn, readSteps } from './document-path.ts';
import { createReferences, type ExpressionContext } from './expression-context.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import type { Operand } from './operand.ts';
import { type OperandReading, readPlain } from './operand-reader.ts';
import { openExpression } from './token-reader.ts';

const KEYWORDS: ReadonlySet<string> = new Set(['BETWEEN', 'IN', 'AND', 'OR', 'NOT']);
const COMPARATORS = ['=', '<>', '<=', '>=', '<', '>'] as const;

/** What a pair of parentheses may hold: which of the two shows only behind it. */
type Term = Operand | { readonly kind: 'condition'; readonly node: ConditionNode };

interface Reading extends OperandReading {
  readonly checks: ConditionChecks;
}

/**
 * Parses a condition, filter or key condition into what dynalite evaluates.
 * @throws {ExpressionRefusal} When DynamoDB would refuse it.
 */
export function parseCondition(expression: string, context: ExpressionContext): ParsedCondition {
  const reader = openExpression(expression, KEYWORDS);
  const checks = createConditionChecks(context);
  const kinds = { name: 'reference', value: 'reference' } as const;
  const references = createReferences(context, checks.problems, kinds);
  const paths: DocumentPath[] = [];
  const reading = { reader, checks, references, paths };
  const node = asCondition(reading, readOr(reading));
  reader.expectKind('end');
  checks.notSize(node);
  const refusal = checks.refusal();
  if (refusal !== undefined) throw new ExpressionRefusal(refusal);
  return { expression: node, nestedPaths: nestedIn(paths), pathHeads: headsOf(paths) };
}

function headsOf(paths: readonly DocumentPath[]): Readonly<Record<string, true>> {
  const heads: Record<string, true> = Object.create(null);
  for (const [head] of paths) heads[String(head)] = true;
  return heads;
}

function readOr(reading: Reading): Term {
  return readJoined(reading, 'or', readAnd);
}

function readAnd(reading: Reading): Term {
  return readJoined(reading, 'and', readNot);
}

function readJoined(
  reading: Reading,
  type: 'and' | 'or',
  readOne: (reading: Reading) => Term,
): Term {
  const one = readOne(reading);
  const keyword = type.toUpperCase();
  const { kind, text } = reading.reader.peek();
  if (kind !== 'keyword' || text !== keyword) return one;
  const left = asCondition(reading, one);
  reading.reader.expect(keyword);
  const right = asCondition(reading, readJoined(reading, type, readOne));
  reading.checks.notSize(left);
  reading.checks.notSize(right);
  return { kind: 'condition', node: { type, args: [left, right] } };
}

function readNot(reading: Reading): Term {
  if (!reading.reader.takes('NOT')) return readTerm(reading);
  const node = asCondition(reading, readNot(reading));
  reading.checks.notSize(node);
  return { kind: 'condition', node: { type: 'not', args: [node] } };
}

function asCondition({ reader, checks }: Reading, term: Term): ConditionNode {
  if (term.kind === 'condition') return term.node;
  if (term.kind !== 'call') throw reader.unexpected();
  checks.conditionEnds();
  return term.node;
}

function readTerm(reading: Reading): Term {
  const { reader } = reading;
  const one =
    reader.peek().text === '('
      ? reader.group(() => readOr(reading))
      : readPlain(reading, readOperand);
  return one.kind === 'condition' ? one : readComparison(reading, withSteps(reading, one));
}

function readComparison(reading: Reading, one: Operand): Term {
  const { checks } = reading;
  const comparison = readOperator(reading, one);
  if (comparison === undefined) return one;
  const { type, operands } = comparison;
  checks.comparison(type, operands);
  checks.conditionEnds();
  return { kind: 'condition', node: { type, args: operands.map(({ node }) => node) } };
}

function readOperator(
  reading: Reading,
  one: Operand,
): { readonly type: Comparison['type']; readonly operands: readonly Operand[] } | undefined {
  const { reader } = reading;
  const comparator = COMPARATORS.find((sign) => reader.takes(sign));
  if (comparator !== undefined) return { type: comparator, operands: [one, readOperand(reading)] };
  if (reader.takes('BETWEEN')) {
    const lower = readOperand(reading);
    reader.expect('AND');
    return { type: 'between', operands: [one, lower, readOperand(reading)] };
  }
  if (reader.takes('IN'))
    return { type: 'in', operands: [one, ...reader.list(() => readOperand(reading))] };
  return undefined;
}

function readOperand(reading: Reading): Operand {
  const { reader } = reading;
  if (reader.peek().text !== '(') return readPlain(reading, readOperand);
  return withSteps(
    reading,
    reader.group(() => readOperand(reading)),
  );
}

/** A path in parentheses may go on behind them. */
function withSteps({ reader, references, paths }: Reading, operand: Operand): Operand {
  if (operand.kind !== 'path') return operand;
  const steps = readSteps(reader, references);
  if (steps.length === 0) return operand;
  const path = [...operand.node, ...steps];
  paths.push(path);
  return { kind: 'path', node: path };
}
