import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { isJsonObject, parseJson } from '../core/json.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';
import { lineOf } from '../template/document/line-of.ts';
import { parseDocument } from '../template/document/parse-document.ts';
import { Report } from '../template/report.ts';

/** What a project's `package.json` says to the tool under `signalbox`; paths are relative to the root. */
export interface ProjectConfig {
  /** Modules that export a `plugin`. */
  readonly plugins: readonly string[];
  /** The folder of the scenarios; undefined where there is none. */
  readonly scenarios: string | undefined;
  /** The file that seeds the simulated resources; undefined where they start empty. */
  readonly simulatedResources: string | undefined;
  /** Files with the items of tables and the objects of buckets. */
  readonly seeds: readonly string[];
}

const FILE = 'package.json';

/** The folder of scenarios that is taken where nothing is said, if it is there. */
const USUAL_SCENARIOS = 'scenarios';

const PathSchema = v.pipe(v.string('write a path'), v.nonEmpty('write a path'));
const ConfigSchema = v.strictObject(
  {
    plugins: v.optional(v.array(PathSchema, 'write a list of paths'), []),
    scenarios: v.optional(PathSchema),
    simulatedResources: v.optional(PathSchema),
    seeds: v.optional(v.array(PathSchema, 'write a list of paths'), []),
  },
  'write an object of plugins, scenarios, simulatedResources and seeds',
);

/** Reads `signalbox` of the project's `package.json`; everything in it may be left out. */
export function readProjectConfig(root: string): Result<ProjectConfig> {
  const path = join(root, FILE);
  if (!existsSync(path)) return ok(usual(root, { plugins: [], seeds: [] }));
  const text = readFileSync(path, 'utf8');
  const value = parseJson(text);
  if (value === undefined) return bad({ file: FILE, message: 'The file is no JSON' });
  const section = isJsonObject(value) ? (value['signalbox'] ?? {}) : {};
  // The library takes a list for an object.
  const parsed = v.safeParse(ConfigSchema, isJsonObject(section) ? section : undefined);
  const problems = parsed.success
    ? missingFiles(root, parsed.output)
    : parsed.issues.map((issue) => ({
        path: v.getDotPath(issue) ?? '',
        message: messageOf(issue),
      }));
  if (parsed.success && problems.length === 0) return ok(usual(root, parsed.output));
  return { ok: false, problems: problems.map((problem) => placed(problem, text)) };
}

type Config = v.InferOutput<typeof ConfigSchema>;

function usual(
  root: string,
  { plugins, scenarios, simulatedResources, seeds }: Config,
): ProjectConfig {
  const isThere = existsSync(join(root, USUAL_SCENARIOS));
  return {
    plugins,
    scenarios: scenarios ?? (isThere ? USUAL_SCENARIOS : undefined),
    simulatedResources,
    seeds,
  };
}

function missingFiles(root: string, config: Config): readonly Problem[] {
  const named: readonly (readonly [path: string, file: string | undefined])[] = [
    ...config.plugins.map((file, index) => [`plugins.${index}`, file] as const),
    ['scenarios', config.scenarios],
    ['simulatedResources', config.simulatedResources],
    ...config.seeds.map((file, index) => [`seeds.${index}`, file] as const),
  ];
  return named.flatMap(([path, file]) =>
    file === undefined || existsSync(join(root, file))
      ? []
      : [{ path, message: `there is no ${file}` }],
  );
}

function messageOf({ kind, type, message, expected }: v.BaseIssue<unknown>): string {
  if (kind === 'schema' && type === 'strict_object' && expected === 'never') {
    return 'is unknown: there is plugins, scenarios, simulatedResources and seeds';
  }
  return message;
}

function placed({ path = '', message }: Problem, text: string): Problem {
  const whole = ['signalbox', ...path.split('.').filter((key) => key !== '')]
    .join('.')
    .replaceAll(/\.(\d+)/g, '[$1]');
  const node = parseDocument({ file: FILE, text, dialect: 'definition' }, new Report());
  const line = node && lineOf(node, whole);
  return { file: FILE, path: whole, message, ...(line === undefined ? {} : { line }) };
}
