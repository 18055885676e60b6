import { describe, expect, test } from '@jest/globals';
import { passBy } from './lineage.ts';

const A = 'arn:aws:events:us-east-1:123456789012:rule/a';
const B = 'arn:aws:events:us-east-1:123456789012:rule/b';

const withPass = (header: string | undefined, rule: string) => passBy(header, rule).traceHeader;
const passesOf = (header: string | undefined, rule: string) => passBy(header, rule).earlier;

describe('passBy()', () => {
  test('counts the passes by each rule', () => {
    const header = withPass(withPass(withPass(undefined, A), B), A);

    expect([passesOf(header, A), passesOf(header, B)]).toEqual([2, 1]);
    expect(passesOf(undefined, A)).toBe(0);
  });

  test('leaves the rest of the header as it is', () => {
    const header = withPass('Root=1-2-3;Sampled=1', A);

    expect(header).toMatch(/^Root=1-2-3;Sampled=1;Lineage=[0-9a-f]{8}:1$/);
    expect(withPass(header, A)).toMatch(/^Root=1-2-3;Sampled=1;Lineage=[0-9a-f]{8}:2$/);
  });

  test('fits into a trace header, however many rules it passes', () => {
    const rules = Array.from({ length: 50 }, (_, index) => `${A}${index}`);
    const header = rules.reduce<string | undefined>(withPass, undefined) ?? '';

    expect(header.length).toBeLessThanOrEqual(256);
    expect(passesOf(header, `${A}49`)).toBe(1);
  });

  test('takes no foreign lineage for its own', () => {
    expect(passesOf('Root=1-2-3;Lineage=10:a87bd80c:0|junk', A)).toBe(0);
  });
});
