import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import { ownMember } from '../core/names/own-member.ts';
import { nearest } from '../core/nearest.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';
import { parseOverrides } from './parse-overrides.ts';

/** The settings of a deployment in an environment of `samconfig.toml`. */
export interface SamConfig {
  /** Undefined where there is no file, or it has neither `local` nor `default`. */
  readonly environment: string | undefined;
  /** The template's path, relative to the project's root; undefined where there is none of a usual name. */
  readonly templateFile: string | undefined;
  readonly stackName: string | undefined;
  readonly region: string | undefined;
  readonly parameterOverrides: Readonly<Record<string, string>>;
}

const FILE = 'samconfig.toml';

/** Environments that are taken where none is named, the first that is there. */
const USUAL_ENVIRONMENTS = ['local', 'default'] as const;

/** Names of a template, in the order in which the SAM CLI looks for them. */
export const USUAL_TEMPLATES = ['template.yaml', 'template.yml', 'template.json'] as const;

/**
 * Reads an environment of `samconfig.toml`: `[<environment>.global.parameters]`, and over it
 * `[<environment>.deploy.parameters]`, as the SAM CLI does for `sam deploy`. Where none is named,
 * `local` is taken, else `default`; without any of them, and without the file, nothing is said.
 *
 * @param apart A Region whose stack may have an environment of its own, `<environment>-<region>`.
 */
export function readSamConfig(
  root: string,
  environment?: string,
  apart?: string,
): Result<SamConfig> {
  const path = join(root, FILE);
  const parsed = existsSync(path) ? parseToml(readFileSync(path, 'utf8')) : ok({});
  if (!parsed.ok) return parsed;
  const toml = parsed.value;
  const usual = environment ?? USUAL_ENVIRONMENTS.find((one) => tableAt(toml, one) !== undefined);
  const own = `${usual}-${apart}`;
  const name = apart !== undefined && tableAt(toml, own) !== undefined ? own : usual;
  const config =
    name === undefined ? ok({ ...NOTHING, environment: name }) : readEnvironment(toml, name);
  if (!config.ok) return config;
  const templateFile =
    config.value.templateFile ?? USUAL_TEMPLATES.find((file) => existsSync(join(root, file)));
  return ok({ ...config.value, templateFile });
}

const NOTHING = {
  templateFile: undefined,
  stackName: undefined,
  region: undefined,
  parameterOverrides: {},
} as const;

function parseToml(text: string): Result<TomlTable> {
  try {
    return ok(parse(text));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
    return bad({ file: FILE, line: error.line, message: `The file is no TOML: ${message}` });
  }
}

function readEnvironment(toml: TomlTable, environment: string): Result<SamConfig> {
  const settings = tableAt(toml, environment);
  if (settings === undefined) {
    const names = Object.keys(toml).filter((name) => name !== 'version');
    const suggestion = nearest(environment, names);
    const hint =
      suggestion === undefined
        ? `it has ${names.join(', ') || 'none'}`
        : `did you mean ${suggestion}?`;
    return bad({ file: FILE, message: `${FILE} has no environment ${environment}: ${hint}` });
  }
  const parameters = {
    ...tableAt(tableAt(settings, 'global'), 'parameters'),
    ...tableAt(tableAt(settings, 'deploy'), 'parameters'),
  };
  const problems: Problem[] = [];
  const text = (key: string): string | undefined => {
    const value = ownMember(parameters, key);
    if (value === undefined || typeof value === 'string') return value;
    problems.push({
      file: FILE,
      path: `${environment}.deploy.parameters`,
      message: `${key} must be a string`,
    });
    return undefined;
  };
  const overrides = parseOverrides(parameters['parameter_overrides']);
  if (!overrides.ok) {
    const path = `${environment}.deploy.parameters.parameter_overrides`;
    problems.push(...overrides.problems.map((problem) => ({ ...problem, file: FILE, path })));
  }
  const config = {
    environment,
    templateFile: text('template_file') ?? text('template'),
    stackName: text('stack_name'),
    region: text('region'),
    parameterOverrides: overrides.ok ? overrides.value : {},
  };
  return problems.length === 0 ? ok(config) : bad(...problems);
}

function tableAt(table: TomlTable | undefined, key: string): TomlTable | undefined {
  const value: TomlValue | undefined = table?.[key];
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
    ? value
    : undefined;
}
