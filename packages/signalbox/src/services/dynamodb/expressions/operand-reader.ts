import { type DocumentPath, readPath } from './document-path.ts';
import type { References } from './expression-context.ts';
import type { Operand } from './operand.ts';
import type { TokenReader } from './token-reader.ts';

/** What operands are read with, in conditions and updates alike. */
export interface OperandReading {
  readonly reader: TokenReader;
  readonly references: References;
  readonly checks: { call(name: string, operands: readonly Operand[]): string | undefined };
  /** Every path of the expression. */
  readonly paths: DocumentPath[];
}

/** Reads a value, a call or a path that does not stand in parentheses. */
export function readPlain<R extends OperandReading>(
  reading: R,
  readOperand: (reading: R) => Operand,
): Operand {
  const { reader, references, checks } = reading;
  const { kind, text } = reader.peek();
  if (kind === 'value') {
    reader.take();
    return { kind: 'value', node: references.value(text) };
  }
  if (kind !== 'word' || reader.peek(1).text !== '(') {
    return { kind: 'path', node: readPathIn(reading) };
  }
  reader.take();
  const operands = reader.list(() => readOperand(reading));
  const attrType = checks.call(text, operands);
  const args = operands.map(({ node }) => node);
  return { kind: 'call', node: { type: 'function', name: text, args, attrType } };
}

/** Reads a path, and keeps it with those of the expression. */
export function readPathIn({ reader, references, paths }: OperandReading): DocumentPath {
  const path = readPath(reader, references);
  paths.push(path);
  return path;
}
