/** A decimal number: its digits without a point, and the power of ten of the last one. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,9}))?$/;

/** Compares two numbers by their texts, exactly; undefined where one is no decimal number. */
export function compareDecimals(one: string, other: string): number | undefined {
  const [left, right] = [read(one), read(other)];
  if (left === undefined || right === undefined) return undefined;
  if (left.digits === '' || right.digits === '') return signOf(left) - signOf(right);
  if (left.isNegative !== right.isNegative) return left.isNegative ? -1 : 1;
  const difference = compareMagnitudes(left, right);
  return left.isNegative ? 0 - difference : difference;
}

function read(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = match[4] ?? '', , power = '0'] = match;
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '').replace(/0+$/, '');
  const trailing = all.length - all.replace(/0+$/, '').length;
  return { isNegative: sign === '-', digits, exponent: Number(power) - fraction.length + trailing };
}

function signOf({ isNegative, digits }: Decimal): number {
  if (digits === '') return 0;
  return isNegative ? -1 : 1;
}

function compareMagnitudes(one: Decimal, other: Decimal): number {
  const size = one.digits.length + one.exponent - (other.digits.length + other.exponent);
  if (size !== 0) return Math.sign(size);
  const width = Math.max(one.digits.length, other.digits.length);
  const [left, right] = [one.digits.padEnd(width, '0'), other.digits.padEnd(width, '0')];
  return Number(left > right) - Number(left < right);
}
