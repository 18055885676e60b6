import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Finds a program of the machine by its name; undefined where PATH has none. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** Tells whether a file is there and may be run. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A program that is asked what it is may hang, such as a shim that wants to download something. */
const PATIENCE_MS = 10_000;

/**
 * Runs a program and returns what it prints; undefined where it fails.
 * @param environment What its environment has besides this process's own.
 */
export function askProgram(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<string | undefined> {
  const env = { ...process.env, ...environment };
  return new Promise((resolve) => {
    execFile(file, args, { env, timeout: PATIENCE_MS, killSignal: 'SIGKILL' }, (error, stdout) =>
      resolve(error === null ? stdout : undefined),
    );
  });
}
