import { statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { bad, ok, type Result } from '../core/result.ts';
import { generatedDirectory } from '../project/generated-directory.ts';
import type { App } from '../template/app.ts';
import {
  generatedTemplates,
  type StackTemplate,
  synthesized,
} from '../template/generated-template.ts';
import { loadApp } from '../template/load-app.ts';
import { readSamConfig } from '../template/sam-config.ts';

/** The account that a rehearsal stands for. */
export const ACCOUNT_ID = '123456789012';

/** AWS: where nothing names a Region, the SDKs' own first one. */
const DEFAULT_REGION = 'us-east-1';

/** The app to read of a project; a field that is left out is read from samconfig.toml, or has a default. */
export interface AppOptions {
  /** The template, relative to the root. */
  readonly templateFile?: string | undefined;
  /** Templates of stacks beside it, relative to the root. */
  readonly otherTemplates?: readonly string[] | undefined;
  /** The environment of samconfig.toml: `local` where there is one, else `default`. */
  readonly environment?: string | undefined;
  /** Parameters over those of samconfig.toml. */
  readonly parameterOverrides?: Readonly<Record<string, string>> | undefined;
  readonly region?: string | undefined;
  /**
   * Whether it is another Region than the app's own: its stack has an environment `<environment>-<region>` of
   * samconfig.toml where there is one, and names of its own.
   */
  readonly isApart?: boolean | undefined;
  /** Whether what the rehearsal does not know or do is refused; remarked unless given. */
  readonly strict?: boolean | undefined;
}

/** Reads the app that the project's files describe, as the rehearsal at `endpoint` runs it. */
export function readApp(root: string, endpoint: string, options: AppOptions = {}): Result<App> {
  const apart = options.isApart === true ? options.region : undefined;
  const config = readSamConfig(root, options.environment, apart);
  if (!config.ok) return config;
  const { region, parameterOverrides } = config.value;
  const found = templatesOf(root, options, config.value.templateFile);
  if (!found.ok) return found;
  const [first, ...others] = found.value;
  if (first === undefined) {
    const message = `${root} has no template.yaml, template.yml or template.json, nor what sam build, cdk synth or sls package write, nor does a folder above: name a template or a definition with --template`;
    return bad({ message });
  }
  return loadApp({
    root,
    templateFile: first.file,
    stackName: config.value.stackName ?? stackNameOf(first.stackName ?? root),
    beside: others.map(({ file, stackName }) => ({
      file,
      stackName: stackNameOf(stackName ?? nameOfFile(file)),
    })),
    strict: options.strict,
    region: options.region ?? region ?? (process.env['AWS_REGION'] || DEFAULT_REGION),
    accountId: ACCOUNT_ID,
    parameterOverrides: { ...parameterOverrides, ...options.parameterOverrides },
    endpoint,
    documentsFile: join(generatedDirectory(root), `documents${extname(import.meta.url)}`),
    namesApart: apart,
  });
}

/** The templates that are named, else that of samconfig.toml or of a usual name, else those that a tool wrote. */
function templatesOf(
  root: string,
  { templateFile, otherTemplates = [] }: AppOptions,
  usual: string | undefined,
): Result<readonly StackTemplate[]> {
  const written = templateFile ?? usual;
  if (written === undefined) return generatedTemplates(root);
  const named = [written, ...otherTemplates].map((file) =>
    statSync(join(root, file), { throwIfNoEntry: false })?.isDirectory()
      ? synthesized(root, file)
      : ok([{ file, stackName: synthesizedName(file) }]),
  );
  const wrong = named.find((result) => !result.ok);
  return wrong ?? ok(named.flatMap((result) => (result.ok ? result.value : [])));
}

/** A CDK app names the template of a stack by the stack. */
function synthesizedName(templateFile: string): string | undefined {
  return /([^/]+)\.template\.json$/.exec(templateFile)?.[1];
}

/** The file's own name, or its folder's where the file has a usual one. */
function nameOfFile(file: string): string {
  const own = basename(file).replace(/\.[^.]+$/, '');
  return own === 'template' ? basename(dirname(file)) : own;
}

/** So long that a bucket may have stack, account and Region in its 63 characters. */
const MAX_OWN_NAME = 32;

/** AWS: a stack's name has letters, digits and hyphens, begins with a letter and has at most 128 of them. */
function stackNameOf(root: string): string {
  const name = basename(root)
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, MAX_OWN_NAME)
    .replace(/-$/, '');
  return name === '' ? 'app' : name;
}
