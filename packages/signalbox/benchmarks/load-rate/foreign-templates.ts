import { readFileSync } from 'node:fs';
import { filesBelow } from '../files-below.ts';

/** The templates below a folder that have state machines. */
export interface ForeignTemplates {
  /** Absolute paths, in order. */
  readonly files: readonly string[];
  /** Templates that a generator has yet to fill in: no template of AWS's, so they are not counted. */
  readonly unrendered: readonly string[];
}

const TYPE = /["']?Type["']?\s*:\s*["']?AWS::(Serverless|StepFunctions)::StateMachine\b/;
const PLACEHOLDER = /\{\{\s*cookiecutter\.|\{%-?\s*(if|for)\b/;
const NAME = /\.(ya?ml|json|template)$/;

/** Finds the templates with state machines below a folder. */
export function foreignTemplates(folder: string): ForeignTemplates {
  const files: string[] = [];
  const unrendered: string[] = [];
  for (const file of filesBelow(folder, NAME)) {
    const text = readFileSync(file, 'utf8');
    if (!TYPE.test(text) || !/^\s*["']?Resources["']?\s*:/m.test(text)) continue;
    (PLACEHOLDER.test(text) ? unrendered : files).push(file);
  }
  return { files, unrendered };
}
