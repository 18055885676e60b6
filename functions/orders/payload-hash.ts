import { canonicalJson, sha256 } from '../shared/canonical-json.ts';
import type { Order } from './order-schema.ts';

/**
 * Hashes what the customer ordered (SHA-256, hexadecimal), whatever the order of the keys. The time at
 * which it was placed is left out: a retried request places the same order a little later.
 */
export function payloadHash({ placedAt: _, ...content }: Order): string {
  return sha256(canonicalJson(content));
}
