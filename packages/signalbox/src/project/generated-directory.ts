import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { UserError } from '../core/user-error.ts';

/** The facts that decide on a directory; a test gives its own. */
export interface DirectoryOptions {
  readonly canWrite: (path: string) => boolean;
  /** `XDG_CACHE_HOME`; undefined or empty where it is not set. */
  readonly cacheHome: string | undefined;
  readonly temporary: string;
}

/**
 * Chooses where generated files of a project go: `.signalbox` in the project, or, where the project
 * is not writable, a folder of its own in `$XDG_CACHE_HOME/signalbox` or in the temporary directory.
 * @throws {UserError} When somebody else owns the folder in the temporary directory.
 */
export function generatedDirectory(
  root: string,
  options: DirectoryOptions = systemOptions(),
): string {
  const inProject = join(root, '.signalbox');
  if (options.canWrite(existsSync(inProject) ? inProject : root)) return inProject;
  const digits = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const name = `${basename(root)}-${digits}`;
  const { cacheHome, temporary } = options;
  if (cacheHome) return join(cacheHome, 'signalbox', name);
  const uid = process.getuid?.();
  return join(ownFolder(join(temporary, `signalbox-${uid ?? 'cache'}`), uid), name);
}

function systemOptions(): DirectoryOptions {
  return { canWrite, cacheHome: process.env['XDG_CACHE_HOME'], temporary: tmpdir() };
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Everybody may write to the temporary directory, and code is run from this folder. */
function ownFolder(folder: string, uid: number | undefined): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (uid === undefined || statSync(folder).uid === uid) return folder;
  throw new UserError(
    'invalid',
    `${folder} belongs to somebody else: set XDG_CACHE_HOME to a folder of yours`,
  );
}
