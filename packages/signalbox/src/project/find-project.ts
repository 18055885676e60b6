import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../core/user-error.ts';

/** Names of a template, in the order in which the SAM CLI looks for them. */
const TEMPLATES = ['template.yaml', 'template.yml', 'template.json'] as const;

/** A project: where it is, and which template it runs. */
export interface Project {
  /** An absolute path: the folder of the template, or of samconfig.toml. */
  readonly root: string;
  /** Relative to the root; undefined where samconfig.toml or the default decides. */
  readonly templateFile: string | undefined;
}

/**
 * Finds the project of a folder: the nearest one, upwards, with a template or a samconfig.toml.
 * Without any, the folder itself is taken, so that reading its template says what is missing.
 * @throws {UserError} `not-found` when the template that is named is not there.
 */
export function findProject(from: string, template?: string): Project {
  if (template !== undefined) return named(resolve(from, template), template);
  for (let folder = from; ; folder = dirname(folder)) {
    const found = TEMPLATES.find((name) => existsSync(join(folder, name)));
    if (existsSync(join(folder, 'samconfig.toml'))) {
      // Its template_file, where it says one, comes before a file of the usual name.
      return { root: folder, templateFile: undefined };
    }
    if (found !== undefined) return { root: folder, templateFile: found };
    if (folder === dirname(folder)) return { root: from, templateFile: undefined };
  }
}

function named(file: string, asWritten: string): Project {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) {
    return { root: dirname(file), templateFile: basename(file) };
  }
  throw new UserError('not-found', `Cannot read ${asWritten}: no such file`);
}
