import { describe, expect, test } from '@jest/globals';
import { MIGRATIONS } from '../migrations.ts';
import { checksumOf, missingMigrations } from './migrate-reports.ts';

const first = { number: 1, name: 'a', statements: ['CREATE TABLE a (id int)'] };
const second = { number: 2, name: 'b', statements: ['CREATE TABLE b (id int)'] };
const applied = { number: 1, checksum: checksumOf(first) };

describe('missingMigrations()', () => {
  test('are those that the database does not have, in their order', () => {
    expect(missingMigrations([first, second], [])).toEqual([first, second]);
    expect(missingMigrations([first, second], [applied])).toEqual([second]);
  });

  test('refuses one that was edited after it was applied', () => {
    const edited = { ...first, statements: ['CREATE TABLE a (id bigint)'] };
    expect(() => missingMigrations([edited, second], [applied])).toThrow(
      'Migration 1 (a) was edited after it was applied: write the change as the next one',
    );
  });
});

describe('MIGRATIONS', () => {
  test('are numbered from 1 on, without a gap', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, at) => at + 1));
  });
});
