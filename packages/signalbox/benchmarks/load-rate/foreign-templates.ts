import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The templates below a folder that have state machines. */
export interface ForeignTemplates {
  /** Absolute paths, in order. */
  readonly files: readonly string[];
  /** Templates that a generator has yet to fill in: no template of AWS's, so they are not counted. */
  readonly unrendered: readonly string[];
}

const TYPE = /["']?Type["']?\s*:\s*["']?AWS::(Serverless|StepFunctions)::StateMachine\b/;
const PLACEHOLDER = /\{\{\s*cookiecutter\.|\{%-?\s*(if|for)\b/;
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.signalbox']);

/** No template is longer: CloudFormation takes one of 1 MB. */
const MAX_BYTES = 1_048_576;

/** Finds the templates with state machines below a folder. */
export function foreignTemplates(folder: string): ForeignTemplates {
  const files: string[] = [];
  const unrendered: string[] = [];
  for (const file of candidates(folder)) {
    const text = readFileSync(file, 'utf8');
    if (!TYPE.test(text) || !/^\s*["']?Resources["']?\s*:/m.test(text)) continue;
    (PLACEHOLDER.test(text) ? unrendered : files).push(file);
  }
  return { files, unrendered };
}

function candidates(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : candidates(path);
      const isCandidate = entry.isFile() && /\.(ya?ml|json|template)$/.test(entry.name);
      return isCandidate && statSync(path).size <= MAX_BYTES ? [path] : [];
    });
}
