import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenJournal } from '../core/journal.ts';
import { localDisk } from './disk.ts';
import { openJournal } from './journal.ts';

/** A journal of a new store; each call opens it again, as a process does after one that was killed. */
export function createTestJournal(): OpenJournal {
  const file = join(mkdtempSync(join(tmpdir(), 'signalbox-journal-')), 'lines.jsonl');
  return (reader) => openJournal({ file, disk: localDisk, say: () => {}, ...reader });
}
