/** A line's part in the total: `unitPrice` in the currency's minor units. */
export interface PricedLine {
  readonly quantity: number;
  readonly unitPrice: number;
}

/**
 * Adds up the lines in minor units, exactly.
 * @throws {RangeError} When the sum leaves the safe integers, or a line is no whole number.
 */
export function orderTotal(lines: readonly PricedLine[]): number {
  const total = lines.reduce(
    (sum, { quantity, unitPrice }) => sum + BigInt(quantity) * BigInt(unitPrice),
    0n,
  );
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(`The total ${total} is larger than ${Number.MAX_SAFE_INTEGER}`);
  }
  return Number(total);
}
