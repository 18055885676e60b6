import { describe, expect, test } from '@jest/globals';
import { repeatedBy, repeatName } from './repeat-name.ts';

const ID = '7f7c1f5e-8d0e-4a53-9d0e-0a1b2c3d4e5f';

describe('repeatName()', () => {
  test('makes a name that tells which execution it repeats', () => {
    expect(repeatedBy(repeatName('fork', ID))).toEqual({ kind: 'fork', name: ID, isCut: false });
    const again = repeatName('again', ID);
    expect(repeatedBy(repeatName('fork', again))?.name).toBe(again);
  });

  test('names the execution that a repeat goes back to where its own name does not fit', () => {
    const first = repeatName('fork', ID);
    const second = repeatName('again', first);
    const third = repeatName('again', second);

    expect(second.length).toBeGreaterThan(64);
    expect(repeatedBy(third)).toEqual({ kind: 'again', name: first, isCut: false });
    expect(repeatName('fork', third).length).toBeLessThanOrEqual(80);
  });

  test('cuts a long name that somebody gave, and says so', () => {
    const name = repeatName('again', 'x'.repeat(80));

    expect(name).toHaveLength(80);
    expect(repeatedBy(name)).toEqual({ kind: 'again', name: 'x'.repeat(64), isCut: true });
  });
});

describe('repeatedBy()', () => {
  test('finds nothing in another name', () => {
    expect(repeatedBy('fork-of-nothing')).toBeUndefined();
    expect(repeatedBy(ID)).toBeUndefined();
  });
});
