import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { generateSecret, type SecretRules } from './generate-secret.ts';

const RULES: SecretRules = {
  length: 32,
  excluded: '',
  lowercase: true,
  uppercase: true,
  numbers: true,
  punctuation: true,
  space: false,
  eachType: true,
};

const digits = (seed: string) => (round: number) =>
  createHash('sha256').update(`${seed}${round}`).digest('hex');

describe('generateSecret()', () => {
  test('holds each kind that it must, at the shortest length too', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const secret = generateSecret({ ...RULES, length: 4 }, digits(`${seed}`)) ?? '';

      expect(secret).toHaveLength(4);
      expect(secret).toMatch(/[a-z]/);
      expect(secret).toMatch(/[A-Z]/);
      expect(secret).toMatch(/\d/);
      expect(secret).toMatch(/[^a-zA-Z0-9 ]/);
    }
  });

  test('holds nothing that is excluded', () => {
    const rules = { ...RULES, punctuation: false, uppercase: false, excluded: 'abc123' };

    expect(generateSecret({ ...rules, length: 400 }, digits('x'))).toMatch(/^[d-z04-9]{400}$/);
  });

  test('differs by its digits, and is the same for the same ones', () => {
    expect(generateSecret(RULES, digits('a'))).toBe(generateSecret(RULES, digits('a')));
    expect(generateSecret(RULES, digits('a'))).not.toBe(generateSecret(RULES, digits('b')));
  });

  test('is undefined when there is nothing to choose from, or no room', () => {
    const none = {
      ...RULES,
      lowercase: false,
      uppercase: false,
      numbers: false,
      punctuation: false,
    };

    expect(generateSecret(none, digits('a'))).toBeUndefined();
    expect(generateSecret({ ...RULES, length: 3 }, digits('a'))).toBeUndefined();
    expect(generateSecret({ ...RULES, length: 5000 }, digits('a'))).toBeUndefined();
  });
});
