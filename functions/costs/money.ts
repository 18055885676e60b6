/*
 * Money is counted in whole units of 10⁻¹² of a currency, which holds every decimal that Cost Explorer
 * writes: sums are exact, in whatever order they are made, and only what people read is rounded.
 */

/** An amount in units of 10⁻¹² of its currency. */
export type Money = bigint;

const DECIMALS = 12;
const UNIT = 10n ** BigInt(DECIMALS);
const AMOUNT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads an amount as Cost Explorer writes it: `12.3456789012`, `-0.5`, `4.2E-8`. Decimals beyond the
 * twelfth are rounded half away from zero.
 * @throws {RangeError} For anything else.
 */
export function parseMoney(text: string): Money {
  const [, sign, whole = '', fraction = '', exponent = '0'] = AMOUNT.exec(text) ?? [];
  if (sign === undefined || `${whole}${fraction}` === '') {
    throw new RangeError(`Cannot read the amount "${text}"`);
  }
  const digits = BigInt(`${whole}${fraction}`);
  const shift = Number(exponent) - fraction.length + DECIMALS;
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : divided(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -size : size;
}

/** Writes an amount with all its decimals and no more: `12.3456789012`, `0`. */
export function exactMoney(amount: Money): string {
  return withDecimals(amount, DECIMALS).replace(/\.?0+$/, '');
}

/** Writes an amount for people, with two decimals: `1234.50`. */
export function roundedMoney(amount: Money): string {
  return withDecimals(divided(amount, 10n ** BigInt(DECIMALS - 2)), 2);
}

/** An amount as a number, for a metric, with two decimals. */
export function metricValue(amount: Money): number {
  return Number(roundedMoney(amount));
}

/** An amount times a fraction, rounded half away from zero. */
export function scaled(amount: Money, times: number, per: number): Money {
  return divided(amount * BigInt(times), BigInt(per));
}

/** Adds amounts up. */
export function sum(amounts: readonly Money[]): Money {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** The size of an amount, whatever its sign. */
export function size(amount: Money): Money {
  return amount < 0n ? -amount : amount;
}

/** A part in hundredths of a percent of the whole's size; undefined of nothing. */
export function percentHundredths(part: Money, whole: Money): bigint | undefined {
  return whole === 0n ? undefined : divided(part * 10_000n, size(whole));
}

/** Writes hundredths of a percent: `12.5`, `-3`. */
export function percentText(hundredths: bigint): string {
  return withDecimals(hundredths, 2).replace(/\.?0+$/, '');
}

function divided(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const [top, bottom] = [size(dividend), size(divisor)];
  const quotient = (2n * top + bottom) / (2n * bottom);
  return isNegative ? -quotient : quotient;
}

function withDecimals(units: bigint, decimals: number): string {
  const digits = String(size(units)).padStart(decimals + 1, '0');
  const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return units < 0n ? `-${text}` : text;
}

/** One of a currency. */
export const ONE: Money = UNIT;
