import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../core/user-error.ts';
import { GENERATED_TEMPLATES } from '../template/generated-template.ts';
import { USUAL_TEMPLATES } from '../template/sam-config.ts';

/** A folder with one of these is a project. */
const MARKS: readonly string[] = [...USUAL_TEMPLATES, 'samconfig.toml', ...GENERATED_TEMPLATES];

/** A project: where it is, and which template it runs. */
export interface FoundProject {
  /** An absolute path: the folder of the template, or of samconfig.toml. */
  readonly root: string;
  /** The template that was named, relative to the root. */
  readonly templateFile: string | undefined;
}

/**
 * Finds the project of a folder: the nearest one, upwards, with a template or a samconfig.toml.
 * Without any, the folder itself is taken, so that reading its template says what is missing.
 * @throws {UserError} `invalid` when the template that is named is not there.
 */
export function findProject(from: string, template?: string): FoundProject {
  if (template !== undefined) return named(resolve(from, template), template);
  for (let folder = from; ; folder = dirname(folder)) {
    const found = MARKS.some((name) => existsSync(join(folder, name)));
    if (found) return { root: folder, templateFile: undefined };
    if (folder === dirname(folder)) return { root: from, templateFile: undefined };
  }
}

function named(file: string, asWritten: string): FoundProject {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) {
    return { root: dirname(file), templateFile: basename(file) };
  }
  throw new UserError(
    'invalid',
    `Cannot read ${asWritten}: no such file: name a template or a definition, such as flow.asl.json`,
  );
}
