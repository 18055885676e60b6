import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { KOREAN as OF_THE_CONSOLE } from '../../packages/signalbox/src/console/browser/korean/korean.ts';
import { KOREAN } from './korean.ts';

const FIXED = /\b(?:title|label|empty): '([^']+)'|\bcolumns: \[([^\]]+)\]/g;

test('every fixed text of our pages is there in Korean', () => {
  const texts = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.includes('korean'))
    .flatMap((name) => [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(FIXED)])
    .flatMap(
      ([, one, list = '']) => one ?? [...list.matchAll(/'([^']+)'/g)].map(([, text]) => text),
    );

  expect(texts.length).toBeGreaterThan(60);
  const known = { ...OF_THE_CONSOLE, ...KOREAN };
  const missing = texts.filter((text) => text !== '%' && !Object.hasOwn(known, text ?? ''));
  expect([...new Set(missing)]).toEqual([]);
});
