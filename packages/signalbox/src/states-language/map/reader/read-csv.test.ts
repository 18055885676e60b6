import { describe, expect, test } from '@jest/globals';
import { readCsv } from './read-csv.ts';

const READER = { csvDelimiter: ',', csvHeaderLocation: 'FIRST_ROW', csvHeaders: [] } as const;

describe('readCsv()', () => {
  test('reads quoted fields, both kinds of line end, and rows that are short or long', () => {
    expect(readCsv(READER, 'a,b\r\n"x, ""y""",2\n3\n4,5,6', 10)).toEqual([
      { a: 'x, "y"', b: '2' },
      { a: '3', b: '' },
      { a: '4', b: '5' },
    ]);
  });

  test('stops at the limit', () => {
    expect(readCsv(READER, 'a\n1\n2\n3', 2)).toEqual([{ a: '1' }, { a: '2' }]);
  });

  test('takes another delimiter and given headers', () => {
    const reader = {
      csvDelimiter: '|',
      csvHeaderLocation: 'GIVEN',
      csvHeaders: ['h', 'i'],
    } as const;

    expect(readCsv(reader, '1|2\n', 10)).toEqual([{ h: '1', i: '2' }]);
  });

  test('skips lines that are empty, and keeps white space and quotes inside a field', () => {
    expect(readCsv(READER, '\na,b\n\n 1 ,5"\n', 10)).toEqual([{ a: ' 1 ', b: '5"' }]);
  });

  test('drops a backslash, and keeps what follows it', () => {
    const reader = { ...READER, csvDelimiter: ';' };

    const text = ['a;b', 'x\\;y;\\z', 'c\\\\d;"e\\"f"'].join('\n');

    expect(readCsv(reader, text, 9)).toEqual([
      { a: 'x;y', b: 'z' },
      { a: String.raw`c\d`, b: 'e"f' },
    ]);
  });

  test('has no items where there is no text', () => {
    expect(readCsv(READER, '', 10)).toEqual([]);
  });

  test('refuses a quote that is not closed', () => {
    expect(() => readCsv(READER, 'a\n"1', 10)).toThrow(
      'A quoted field of the CSV file has no end.',
    );
  });

  test('refuses a header that appears twice', () => {
    expect(() => readCsv(READER, 'a,a\n1,2', 10)).toThrow('CSV headers cannot contain duplicates.');
  });
});
