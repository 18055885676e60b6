import { describe, expect, test } from '@jest/globals';
import { resourceNamed } from './logical-name.ts';

describe('resourceNamed()', () => {
  const inShop = { logicalId: 'Jobs', path: 'Shop/Jobs' };
  const inStock = { logicalId: 'Jobs', path: 'Stock/Jobs' };

  test('finds a resource by its logical id where one stack has it, and by its path', () => {
    expect(resourceNamed([inShop], 'Jobs')).toBe(inShop);
    expect(resourceNamed([inShop, inStock], 'Stock/Jobs')).toBe(inStock);
    expect(resourceNamed([inShop], 'Other')).toBeUndefined();
  });

  test('prefers the root, and refuses to choose between two nested stacks', () => {
    const ofRoot = { logicalId: 'Jobs', path: 'Jobs' };

    expect(resourceNamed([inShop, ofRoot], 'Jobs')).toBe(ofRoot);
    expect(() => resourceNamed([inShop, inStock], 'Jobs')).toThrow(
      'Several stacks have Jobs: name one of Shop/Jobs, Stock/Jobs',
    );
  });
});
