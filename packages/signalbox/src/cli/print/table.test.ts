import { describe, expect, test } from '@jest/globals';
import { durationText } from '../../core/duration-text.ts';
import { createColour } from './colour.ts';
import { cut, tableOf } from './table.ts';

const HEADER = ['NAME', 'STATUS', 'CAUSE'];
const ROWS = [
  ['run-1234567890', 'SUCCEEDED', ''],
  ['run-2', 'FAILED', 'The card was declined by the bank that issued it'],
];

describe('tableOf', () => {
  test('lays rows out in columns, as wide as they need', () => {
    expect(tableOf(HEADER, ROWS)).toEqual([
      'NAME            STATUS     CAUSE',
      'run-1234567890  SUCCEEDED',
      'run-2           FAILED     The card was declined by the bank that issued it',
    ]);
    expect(tableOf(HEADER, [])).toEqual([]);
  });

  test('cuts the widest column where the table is wider than the terminal', () => {
    expect(tableOf(HEADER, ROWS, { width: 50 })).toEqual([
      'NAME            STATUS     CAUSE',
      'run-1234567890  SUCCEEDED',
      'run-2           FAILED     The card was declined …',
    ]);
  });

  test('cuts the next widest as well, but none that is to stay whole', () => {
    const lines = tableOf(HEADER, ROWS, { width: 34, whole: ['NAME'] });
    expect(lines).toEqual([
      'NAME            STATUS    CAUSE',
      'run-1234567890  SUCCEED…',
      'run-2           FAILED    The car…',
    ]);
    expect(tableOf(HEADER, ROWS, { width: 5 })[2]).toBe('run-2     FAILED    The car…');
  });

  test('colours the header and what is a status, and keeps the columns', () => {
    const colour = createColour({ isTTY: true }, {});
    expect(tableOf(['STATUS', 'NAME'], [['FAILED', 'OK or not']], { colour })).toEqual([
      '\u001b[1mSTATUS\u001b[22m  \u001b[1mNAME\u001b[22m',
      '\u001b[31mFAILED\u001b[39m  OK or not',
    ]);
  });
});

describe('cut and durationText', () => {
  test('write what people read', () => {
    expect([cut('abcdef', 6), cut('abcdef', 5), cut('abcdef', 0)]).toEqual([
      'abcdef',
      'abcd…',
      '…',
    ]);
    expect([41, 2500, 200_000, 86_400_000].map(durationText)).toEqual([
      '41 ms',
      '2.5 s',
      '3 min 20 s',
      '24 h',
    ]);
  });
});
