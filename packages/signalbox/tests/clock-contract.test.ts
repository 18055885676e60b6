import fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const SRC = join(import.meta.dirname, '../src');
const CONTRACT = join(import.meta.dirname, '../../../docs/clock.md');

/** A timer of the clock's, or a wait on it; the clock's own files define both. */
const SETS_A_TIMER = /\bclock\s*\??\.at\(|\bsleep\(\s*(?:this\.)?#?clock\b/;

test('each file that waits on the clock stands in the contract, and no other', () => {
  const files = fs
    .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^core[\\/]/.test(file));
  const waiting = files
    .filter((file) => SETS_A_TIMER.test(fs.readFileSync(join(SRC, file), 'utf8')))
    .map((file) => file.replaceAll('\\', '/'));
  const rows = fs.readFileSync(CONTRACT, 'utf8').match(/^\| .*/gm) ?? [];
  const listed = rows.flatMap((row) => row.match(/`[\w/-]+\.ts`/g) ?? []);
  expect([...new Set(listed.map((file) => file.slice(1, -1)))].sort()).toEqual(waiting.sort());
});
