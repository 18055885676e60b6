import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.signalbox']);

/** No template or definition is longer: CloudFormation and Step Functions take 1 MB. */
const MAX_BYTES = 1_048_576;

/** The files below a folder whose names fit, in order; packages and what tools keep are left out. */
export function filesBelow(folder: string, name: RegExp): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path, name);
      const isCandidate = entry.isFile() && name.test(entry.name);
      return isCandidate && statSync(path).size <= MAX_BYTES ? [path] : [];
    });
}
