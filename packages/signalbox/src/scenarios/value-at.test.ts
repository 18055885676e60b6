import { describe, expect, test } from '@jest/globals';
import { valueAt } from './value-at.ts';

const resources = {
  rds: { 'web-data': { writer: 'web-data-1', readers: ['web-data-2'] } },
  s3: { 'assets.example.com': { objects: 3 } },
};

describe('valueAt()', () => {
  test.each([
    ['rds.web-data.writer', 'web-data-1'],
    ['rds.web-data.readers.0', 'web-data-2'],
    ['s3.assets.example.com.objects', 3],
    ['rds.web-data.reader', null],
    ['rds.web-data.writer.name', null],
    ['', resources],
  ])('finds %p', (path, expected) => {
    expect(valueAt(resources, path)).toEqual(expected);
  });
});
