import { UserError } from '../../core/user-error.ts';

/**
 * Loads a package that a project installs only where it needs it.
 * @param load Its import.
 * @param missing What to do where it is not installed.
 * @throws {UserError} `not-found` with that text.
 */
export async function loadPeer<T>(load: () => Promise<T>, missing: string): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    throw isMissing ? new UserError('not-found', missing) : error;
  }
}
