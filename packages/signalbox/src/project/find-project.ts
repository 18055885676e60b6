import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
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
  /** The others that were named, relative to the root. */
  readonly otherTemplates: readonly string[];
}

/**
 * Finds the project of a folder: the nearest one, upwards, with a template or a samconfig.toml.
 * Without any, the folder itself is taken, so that reading its template says what is missing.
 * @param templates Those that are named: the first one's folder is the project, the others are stacks beside it.
 * @throws {UserError} `invalid` when a template that is named is not there.
 */
export function findProject(from: string, templates: readonly string[] = []): FoundProject {
  const [first, ...others] = templates;
  if (first !== undefined) return named(from, first, others);
  for (let folder = from; ; folder = dirname(folder)) {
    const found = MARKS.some((name) => existsSync(join(folder, name)));
    if (found) return { root: folder, templateFile: undefined, otherTemplates: [] };
    if (folder === dirname(folder)) {
      return { root: from, templateFile: undefined, otherTemplates: [] };
    }
  }
}

function named(from: string, first: string, others: readonly string[]): FoundProject {
  const [file = '', ...beside] = [first, ...others].map((template) => thatIsThere(from, template));
  const root = dirname(file);
  return {
    root,
    templateFile: basename(file),
    otherTemplates: beside.map((other) => relative(root, other)),
  };
}

/** A template or definition, or the folder that `cdk synth` wrote. */
function thatIsThere(from: string, asWritten: string): string {
  const file = resolve(from, asWritten);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile() || existsSync(join(file, 'manifest.json'))) return file;
  throw new UserError(
    'invalid',
    `Cannot read ${asWritten}: no such file: name a template or a definition, such as flow.asl.json`,
  );
}
