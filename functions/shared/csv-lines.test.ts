import { describe, expect, test } from '@jest/globals';
import { csvLines } from './csv-lines.ts';

describe('csvLines()', () => {
  test('ends every line, the last one too', () => {
    expect(
      csvLines([
        ['a', ''],
        ['', 'b'],
      ]),
    ).toBe('a,\r\n,b\r\n');
  });

  test('writes nothing for no rows', () => {
    expect(csvLines([])).toBe('');
  });

  test.each([
    ['plain text', 'plain text'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['a\rreturn', '"a\rreturn"'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['@cmd', "'@cmd"],
    ['+1 more', "'+1 more"],
    ['-', "'-"],
    ['-12.50', '-12.50'],
    ['0.000001', '0.000001'],
  ])('writes %j as %j', (cell, written) => {
    expect(csvLines([[cell]])).toBe(`${written}\r\n`);
  });
});
