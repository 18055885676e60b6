/** Decimals of the amounts that Cost Explorer returns. */
const DECIMALS = 10;
const SCALE = 10n ** BigInt(DECIMALS);

/** Returns whether a text is a decimal number of at most ten decimals. */
export function isDecimal(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(text);
}

/** Reads a decimal number into units of 10⁻¹⁰. */
export function parseDecimal(text: string): bigint {
  const isNegative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole) * SCALE + BigInt(fraction.padEnd(DECIMALS, '0'));
  return isNegative ? -units : units;
}

/** Writes units of 10⁻¹⁰ as Cost Explorer does: as many decimals as there are, and none for zero. */
export function formatDecimal(units: bigint): string {
  const size = units < 0n ? -units : units;
  const fraction = String(size % SCALE)
    .padStart(DECIMALS, '0')
    .replace(/0+$/, '');
  const text = fraction === '' ? String(size / SCALE) : `${size / SCALE}.${fraction}`;
  return units < 0n ? `-${text}` : text;
}

/** Writes a share of a whole in percent with ten decimals at most; of nothing, it is 0. */
export function formatPercent(part: bigint, whole: bigint): string {
  return whole === 0n ? '0' : formatDecimal((part * 100n * SCALE) / whole);
}
