import { isJsonNumber } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import { isTimestamp } from '../timestamp.ts';

/** The type that an operator of a Choice compares with. */
export interface OperandType {
  /** As AWS's diagnostics name it. */
  readonly name: string;
  isOf(value: Json): boolean;
}

const STRING: OperandType = { name: 'STRING', isOf: (value) => typeof value === 'string' };
const NUMBER: OperandType = { name: 'NUMBER', isOf: isJsonNumber };
const BOOLEAN: OperandType = { name: 'BOOLEAN', isOf: (value) => typeof value === 'boolean' };
const TIMESTAMP: OperandType = { name: 'TIMESTAMP', isOf: isTimestamp };

/** Returns the type of an operator's operand: an operator's name begins with it, or it asks yes or no. */
export function operandType(operator: string): OperandType {
  if (operator.startsWith('String')) return STRING;
  if (operator.startsWith('Numeric')) return NUMBER;
  return operator.startsWith('Timestamp') ? TIMESTAMP : BOOLEAN;
}
