import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { placeNow, sawPlaceTime, setPlaceTime } from './place-time.ts';

const BROWSER = join(import.meta.dirname, '..');
const YEAR = '2031-04-05T06:07:08.000Z';
const YEAR_MS = new Date(YEAR).getTime();
const HOUR_MS = 3_600_000;

describe('the time of the place', () => {
  test('is what the place says, and goes on from there', () => {
    setPlaceTime(YEAR);
    const first = placeNow();
    expect(first).toBeGreaterThanOrEqual(YEAR_MS);
    expect(first).toBeLessThan(YEAR_MS + HOUR_MS);
  });

  test('is never before something that happened there', () => {
    setPlaceTime(YEAR);
    sawPlaceTime(YEAR_MS + 2 * HOUR_MS);
    sawPlaceTime(YEAR_MS + HOUR_MS);
    expect(placeNow()).toBeGreaterThanOrEqual(YEAR_MS + 2 * HOUR_MS);
  });

  test('is the only one that pages know: the browser has another', () => {
    const asking = readdirSync(BROWSER, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
      .filter((name) => /Date\.now\(|new Date\(\)/.test(readFileSync(join(BROWSER, name), 'utf8')));
    expect(asking).toEqual(['app/place-time.ts']);
  });
});
