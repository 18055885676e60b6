import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The tool's own folder: in its repository, and where it is installed. Not relative to this file, which runs from a bundle. */
export function toolHome(): string {
  return dirname(createRequire(import.meta.url).resolve('signalbox/package.json'));
}

/**
 * Finds a file of the tool's that is no module of it: in dist/ where it is installed, else among its sources.
 * @param source Relative to the tool's folder in its repository.
 * @param installed Its name in dist/.
 */
export function toolFile(source: string, installed: string): string {
  const file = fileURLToPath(new URL(`./${installed}`, import.meta.url));
  return existsSync(file) ? file : join(toolHome(), source);
}
