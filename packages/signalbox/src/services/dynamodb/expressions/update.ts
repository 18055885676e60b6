import { addPath, type DocumentPath, nestedIn } from './document-path.ts';
import { createReferences, type ExpressionContext } from './expression-context.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import { type Operand, type OperandNode, typeOf } from './operand.ts';
import { type OperandReading, readPathIn, readPlain } from './operand-reader.ts';
import { openExpression } from './token-reader.ts';
import { createUpdateChecks, type SectionKeyword, type UpdateChecks } from './update-checks.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
const KEYWORDS: ReadonlySet<string> = new Set(SECTIONS);
const SIGNS = ['+', '-'] as const;

/** A sum or difference as dynalite evaluates it. */
export interface Sum {
  readonly type: 'add' | 'subtract';
  readonly args: readonly OperandNode[];
  readonly attrType: string | undefined;
}

/** One change of an attribute as dynalite makes it. */
export interface Change {
  readonly type: 'set' | 'remove' | 'add' | 'delete';
  readonly path: DocumentPath;
  readonly val?: OperandNode | Sum;
  readonly attrType?: string | undefined;
}

/** What dynalite works with of an update. */
export interface ParsedUpdate {
  readonly sections: readonly Change[];
  /** The paths that are changed. */
  readonly paths: readonly DocumentPath[];
  /** The attributes of which a part is read or changed, as keys. */
  readonly nestedPaths: Readonly<Record<string, true>>;
}

type Value = Operand | { readonly kind: 'sum'; readonly node: Sum };

interface Reading extends OperandReading {
  readonly checks: UpdateChecks;
  readonly changed: DocumentPath[];
}

/**
 * Parses an update into what dynalite carries out.
 * @throws {ExpressionRefusal} When DynamoDB would refuse it.
 */
export function parseUpdate(expression: string, context: ExpressionContext): ParsedUpdate {
  const reader = openExpression(expression, KEYWORDS);
  const checks = createUpdateChecks();
  const kinds = { name: 'name', value: 'value' } as const;
  const references = createReferences(context, checks.problems, kinds);
  const reading: Reading = { reader, checks, references, paths: [], changed: [] };
  const sections: Change[] = [];
  do sections.push(...readSection(reading));
  while (reader.peek().kind !== 'end');
  const refusal = checks.refusal();
  if (refusal !== undefined) throw new ExpressionRefusal(refusal);
  return { sections, paths: reading.changed, nestedPaths: nestedIn(reading.paths) };
}

function readSection(reading: Reading): readonly Change[] {
  const { reader, checks } = reading;
  const keyword = SECTIONS.find((one) => reader.takes(one));
  if (keyword === undefined) throw reader.unexpected();
  const changes = reader.members(() => readChange(reading, keyword));
  checks.section(keyword);
  return changes;
}

function readChange(reading: Reading, keyword: SectionKeyword): Change {
  const { reader, checks, references, changed } = reading;
  const path = readPathIn(reading);
  if (keyword === 'REMOVE') {
    addPath(changed, path, checks.problems);
    return { type: 'remove', path };
  }
  if (keyword === 'SET') {
    reader.expect('=');
    const value = readValue(reading);
    addPath(changed, path, checks.problems);
    return { type: 'set', path, val: value.node, attrType: typeOfValue(value) };
  }
  const val = references.value(reader.expectKind('value').text);
  addPath(changed, path, checks.problems);
  const attrType = checks.operand(keyword, { kind: 'value', node: val });
  return { type: keyword === 'ADD' ? 'add' : 'delete', path, val, attrType };
}

function typeOfValue(value: Value): string | undefined {
  return value.kind === 'sum' ? value.node.attrType : typeOf(value);
}

function readValue(reading: Reading): Value {
  const { reader } = reading;
  const one =
    reader.peek().text === '('
      ? reader.group(() => readValue(reading))
      : readPlain(reading, readOperand);
  return one.kind === 'sum' ? one : readSum(reading, one);
}

function readSum(reading: Reading, one: Operand): Value {
  const { reader, checks } = reading;
  const sign = SIGNS.find((text) => reader.takes(text));
  if (sign === undefined) return one;
  const operands = [one, readOperand(reading)];
  const attrType = checks.call(sign, operands);
  const args = operands.map(({ node }) => node);
  return { kind: 'sum', node: { type: sign === '+' ? 'add' : 'subtract', args, attrType } };
}

function readOperand(reading: Reading): Operand {
  const { reader } = reading;
  if (reader.peek().text !== '(') return readPlain(reading, readOperand);
  return reader.group(() => readOperand(reading));
}
