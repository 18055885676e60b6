import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies what `sam build` made of a function to where it runs, and returns its version. In place,
 * Node.js would read it by the project's package.json, which Lambda never sees.
 */
export function copyPrebuilt(source: string, directory: string): string {
  const version = hashFiles(source);
  if (existsSync(directory) && hashFiles(directory) === version) return version;
  rmSync(directory, { recursive: true, force: true });
  cpSync(source, directory, { recursive: true, dereference: true });
  return version;
}

function hashFiles(directory: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    hash.update(name).update('\0');
    const file = join(directory, name);
    if (!isDirectory(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

function isDirectory(file: string): boolean {
  return statSync(file).isDirectory();
}
