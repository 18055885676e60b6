import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { withTimes } from '../core/relative-time.ts';
import type { Problem } from '../core/result.ts';
import { UserError } from '../core/user-error.ts';
import { parseJsonText } from '../project/read-json-file.ts';
import { lineOf } from '../template/document/line-of.ts';
import { parseDocument } from '../template/document/parse-document.ts';
import { Report } from '../template/report.ts';

/** The file of the simulated resources as it was read. */
export interface ResourcesFile {
  /** Each service's section by its name, with times in place of placeholders such as `{{now+90d}}`. */
  readonly sections: JsonObject;
  /** Adds the file and the line to a problem, whose path begins with a section's name. */
  placed(problem: Problem): Problem;
}

/**
 * Reads the file of the simulated resources; without one there are no sections.
 * @throws {UserError} When the file is missing, or is no JSON object.
 */
export function readResourcesFile(
  root: string,
  file: string | undefined,
  now: Date,
): ResourcesFile {
  if (file === undefined) return { sections: {}, placed: (problem) => problem };
  const path = join(root, file);
  if (!existsSync(path)) throw new UserError('not-found', `Cannot read ${file}: no such file`);
  const text = readFileSync(path, 'utf8');
  const sections = withTimes(parseJsonText(text, file), now);
  if (!isJsonObject(sections)) {
    throw new UserError('invalid', `${file}: write an object of sections`);
  }
  return { sections, placed: (problem) => ({ ...problem, file, ...lineIn(text, problem) }) };
}

function lineIn(text: string, { path = '' }: Problem): Pick<Problem, 'line'> {
  const node = parseDocument({ file: '', text, dialect: 'definition' }, new Report());
  const line = node && lineOf(node, path);
  return line === undefined ? {} : { line };
}
