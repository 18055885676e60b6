import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stampOf } from './tree-version.ts';

/** Of the two halves of a zip entry's external attributes, the one with Unix permissions. */
const UNIX_MODE_SHIFT = 16;

/**
 * Unpacks a zip or jar file into a folder, once for each version of the file, and returns that version.
 * @throws {Error} Where the file is no such archive, or has a path that leads out of the folder.
 */
export async function unpackArchive(archive: string, folder: string): Promise<string> {
  const version = stampOf(archive);
  const record = `${folder}.version`;
  if (existsSync(folder) && existsSync(record) && readFileSync(record, 'utf8') === version) {
    return version;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await unpack(archive, folder);
  writeFileSync(record, version);
  return version;
}

async function unpack(archive: string, folder: string): Promise<void> {
  // Loaded when there is an archive: most projects have none.
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      const path = join(folder, entry.fileName);
      if (entry.fileName.endsWith('/')) {
        mkdirSync(path, { recursive: true });
        continue;
      }
      mkdirSync(dirname(path), { recursive: true });
      const mode = (entry.externalFileAttributes >>> UNIX_MODE_SHIFT) & 0o777;
      const source = await zip.openReadStreamPromise(entry);
      await pipeline(source, createWriteStream(path, mode === 0 ? {} : { mode: mode | 0o600 }));
    }
  } finally {
    zip.close();
  }
}
