import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileStamps } from './file-stamps.ts';

/** The record of a build, so that the next process need not repeat it. */
export interface BuildRecord {
  /** The options that it was built with. */
  readonly key: string;
  readonly version: string;
  readonly inputs: FileStamps;
  /** Relative to the project's root. */
  readonly outputs: readonly string[];
}

/** Reads a build's record; undefined where there is none that can be read. */
export function readBuildRecord(file: string): BuildRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isBuildRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a build's record in one step. */
export function writeBuildRecord(file: string, record: BuildRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, JSON.stringify(record));
  renameSync(draft, file);
}

function isBuildRecord(value: unknown): value is BuildRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    'version' in value &&
    'inputs' in value &&
    typeof value.inputs === 'object' &&
    'outputs' in value &&
    Array.isArray(value.outputs)
  );
}
