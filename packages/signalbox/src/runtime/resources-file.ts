import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { withTimes } from '../core/relative-time.ts';
import type { Problem } from '../core/result.ts';
import { invalid, UserError } from '../core/user-error.ts';
import { placeIn } from '../project/place-in.ts';
import { readJsonText } from '../project/read-json-file.ts';

/** The file of the simulated resources as it was read. */
export interface ResourcesFile {
  /** Each service's section by its name, with times in place of placeholders such as `{{now+90d}}`. */
  readonly sections: JsonObject;
  /** Adds the file and the line to problems, whose paths begin with a section's name. */
  placed(problems: readonly Problem[]): readonly Problem[];
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
  if (file === undefined) return { sections: {}, placed: (problems) => problems };
  const path = join(root, file);
  if (!existsSync(path)) throw new UserError('not-found', `Cannot read ${file}: no such file`);
  const text = readFileSync(path, 'utf8');
  const read = readJsonText(text, file);
  if (!read.ok) throw invalid(read.problems);
  const sections = withTimes(read.value, now);
  if (!isJsonObject(sections)) {
    throw new UserError('invalid', `${file}: write an object of sections`);
  }
  return { sections, placed: (problems) => placeIn(file, text, problems) };
}
