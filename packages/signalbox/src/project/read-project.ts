import { invalid } from '../core/user-error.ts';
import { parseOverrides } from '../template/parse-overrides.ts';
import { findProject } from './find-project.ts';

/** A project, and how the command line wants it read. */
export interface Project {
  /** An absolute path. */
  readonly root: string;
  /** The template that was named, relative to the root. */
  readonly templateFile: string | undefined;
  /** The others that were named, relative to the root: stacks beside it. */
  readonly otherTemplates: readonly string[];
  /** The environment of samconfig.toml that was named. */
  readonly environment: string | undefined;
  /** Parameters over those of samconfig.toml. */
  readonly parameterOverrides: Readonly<Record<string, string>>;
  /** The Regions in which it is rehearsed, its own first; that of samconfig.toml where there is none. */
  readonly regions: readonly string[];
  /** Whether what the rehearsal does not know or do is refused; as package.json says where it is undefined. */
  readonly strict: boolean | undefined;
}

/** Options of the command line that say which project, and how; as those of the SAM CLI. */
export interface ProjectOptions {
  readonly template?: readonly string[];
  readonly configEnv?: string;
  /** In every form that `sam deploy --parameter-overrides` takes. */
  readonly parameterOverrides?: string;
  /** One, or several with commas between. */
  readonly region?: string;
  readonly strict?: boolean;
}

/**
 * Reads which project is meant: that of the template that is named, else the nearest one upwards.
 * @throws {UserError} When the template is not there, or the overrides can't be read.
 */
export function readProject(from: string, options: ProjectOptions): Project {
  const overrides = parseOverrides(options.parameterOverrides);
  if (!overrides.ok) throw invalid(overrides.problems);
  return {
    ...findProject(from, options.template),
    environment: options.configEnv,
    parameterOverrides: overrides.value,
    regions: options.region?.split(',') ?? [],
    strict: options.strict,
  };
}
