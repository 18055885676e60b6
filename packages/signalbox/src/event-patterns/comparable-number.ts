/**
 * Reads a number that EventBridge can compare: one that a double holds without loss of digits;
 * undefined for every other.
 */
export function comparableNumber(text: string): number | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return oneForm(text) === oneForm(String(value)) ? value : undefined;
}

/** Writes a decimal number in one form only: sign, digits without outer zeros, exponent. */
function oneForm(text: string): string {
  const parts = /^(-?)(\d+)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = `${whole}${fraction}`.replace(/0+$/, '');
  const dropped = whole.length - digits.length;
  const significant = digits.replace(/^0+/, '');
  return significant === '' ? '0' : `${sign}${significant}e${Number(exponent) + dropped}`;
}
