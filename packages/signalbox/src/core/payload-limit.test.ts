import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from './json.ts';
import { exceedsPayloadLimit, MAX_PAYLOAD_BYTES } from './payload-limit.ts';

describe('exceedsPayloadLimit()', () => {
  test('takes exactly 262,144 bytes', () => {
    expect(exceedsPayloadLimit('x'.repeat(MAX_PAYLOAD_BYTES - 2))).toBe(false);
    expect(exceedsPayloadLimit('x'.repeat(MAX_PAYLOAD_BYTES - 1))).toBe(true);
  });

  test('takes 1,000 levels', () => {
    const nested = (depth: number): Json => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(exceedsPayloadLimit(nested(1000))).toBe(false);
    expect(exceedsPayloadLimit(nested(1001))).toBe(true);
    expect(exceedsPayloadLimit(nested(100_000))).toBe(true);
  });

  test('counts the bytes of the JSON text', () => {
    const plainText = fc.string({ unit: fc.constantFrom('a', '"', '\\', 'ä', '€', '😀', '\n') });
    const value = fc.jsonValue({ maxDepth: 3, stringUnit: fc.constantFrom('a', 'ä') });
    fc.assert(
      fc.property(value, plainText, (json, text) => {
        const payload = { json, text } as Json;
        const bytes = new TextEncoder().encode(JSON.stringify(payload)).length;
        const filler = 'x'.repeat(MAX_PAYLOAD_BYTES - bytes - 7);
        const full = { ...(payload as object), f: filler } as Json;

        expect(exceedsPayloadLimit(full)).toBe(false);
        expect(exceedsPayloadLimit({ ...(full as object), f: `${filler}x` } as Json)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
