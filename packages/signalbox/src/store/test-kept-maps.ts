import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeptMaps } from '../core/kept-maps.ts';
import { localDisk } from './disk.ts';
import { openKeptMaps } from './kept-maps.ts';

/** Maps of a new store; each call opens them again, as a process does after one that was killed. */
export function createTestMaps(): () => KeptMaps {
  const file = join(mkdtempSync(join(tmpdir(), 'signalbox-maps-')), 'records.jsonl');
  return () => openKeptMaps({ file, disk: localDisk, say: () => {} });
}
