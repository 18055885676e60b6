import { createHash } from 'node:crypto';
import type { Order } from './order-schema.ts';

/**
 * Hashes what the customer ordered (SHA-256, hexadecimal), whatever the order of the keys. When the
 * order was placed is left out: a retried request places the same order a moment later.
 */
export function payloadHash({ placedAt: _, ...content }: Order): string {
  return sha256(canonicalJson(content));
}

/** Hashes text (SHA-256, hexadecimal). */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Writes a JSON value with the keys of every object sorted and absent values left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
