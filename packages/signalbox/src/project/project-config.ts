import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { isJsonObject } from '../core/json.ts';
import { DEFAULT_LIMITS, type Limits } from '../core/limits.ts';
import { ok, type Problem, type Result } from '../core/result.ts';
import { readValue } from '../core/schema/read-value.ts';
import { fields, listOf } from '../core/schema/schema.ts';
import { placeIn } from './place-in.ts';
import { readJsonText } from './read-json-file.ts';

/** The options of the tool in a project's `package.json`, under `signalbox`; paths are relative to the root. */
export interface ProjectConfig {
  /** Modules that export a `plugin`. */
  readonly plugins: readonly string[];
  /** The folder of the scenarios; undefined where there is none. */
  readonly scenarios: string | undefined;
  /** The file that seeds the simulated resources; undefined where they start empty. */
  readonly simulatedResources: string | undefined;
  /** Files with the items of tables and the objects of buckets. */
  readonly seeds: readonly string[];
  /** The folder of samples of events and of what functions are given; undefined where there is none. */
  readonly samples: string | undefined;
  /** Whether what the rehearsal does not know or do of a template is refused, as `--strict` does. */
  readonly strict: boolean;
  /** How much is kept, runs or waits of what would grow for ever. */
  readonly limits: Limits;
}

const FILE = 'package.json';
const SECTION = 'signalbox';

/** The folder of scenarios that is taken where nothing is said, if it is there. */
const USUAL_SCENARIOS = 'scenarios';
/** The folder of samples, likewise: where SAM has them. */
const USUAL_SAMPLES = 'events';

const Path = v.pipe(v.string('Write a path'), v.nonEmpty('Write a path'));
const Count = v.pipe(
  v.number('Write a number'),
  v.integer('Write a whole number'),
  v.minValue(1, 'Write a number above 0'),
);
const LimitsSchema = fields({
  executions: v.optional(Count, DEFAULT_LIMITS.executions),
  events: v.optional(Count, DEFAULT_LIMITS.events),
  logEvents: v.optional(Count, DEFAULT_LIMITS.logEvents),
  logStreams: v.optional(Count, DEFAULT_LIMITS.logStreams),
  metrics: v.optional(Count, DEFAULT_LIMITS.metrics),
  metricPeriods: v.optional(Count, DEFAULT_LIMITS.metricPeriods),
  openExecutions: v.optional(Count, DEFAULT_LIMITS.openExecutions),
  concurrentInvocations: v.optional(Count, DEFAULT_LIMITS.concurrentInvocations),
  queuedInvocations: v.optional(Count, DEFAULT_LIMITS.queuedInvocations),
  recursions: v.optional(Count, DEFAULT_LIMITS.recursions),
  regions: v.optional(Count, DEFAULT_LIMITS.regions),
  functionProcesses: v.optional(Count, DEFAULT_LIMITS.functionProcesses),
});
const ConfigSchema = fields({
  plugins: v.optional(listOf(Path), []),
  scenarios: v.optional(Path),
  simulatedResources: v.optional(Path),
  seeds: v.optional(listOf(Path), []),
  samples: v.optional(Path),
  strict: v.optional(v.boolean('Write true or false'), false),
  limits: v.optional(LimitsSchema, {}),
});

/** Reads `signalbox` of the project's `package.json`; everything in it may be left out. */
export function readProjectConfig(root: string): Result<ProjectConfig> {
  const path = join(root, FILE);
  if (!existsSync(path)) return ok(usual(root, NOTHING));
  const text = readFileSync(path, 'utf8');
  const value = readJsonText(text, FILE);
  if (!value.ok) return value;
  const section = isJsonObject(value.value) ? (value.value['signalbox'] ?? {}) : {};
  const read = readValue(ConfigSchema, section, SECTION);
  const problems = read.ok ? missingFiles(root, read.value) : read.problems;
  if (read.ok && problems.length === 0) return ok(usual(root, read.value));
  return { ok: false, problems: placeIn(FILE, text, problems) };
}

const NOTHING: Config = { plugins: [], seeds: [], strict: false, limits: DEFAULT_LIMITS };

type Config = v.InferOutput<typeof ConfigSchema>;

function usual(root: string, { scenarios, samples, ...rest }: Config): ProjectConfig {
  const ifThere = (folder: string) => (existsSync(join(root, folder)) ? folder : undefined);
  return {
    ...rest,
    simulatedResources: rest.simulatedResources,
    scenarios: scenarios ?? ifThere(USUAL_SCENARIOS),
    samples: samples ?? ifThere(USUAL_SAMPLES),
  };
}

function missingFiles(root: string, config: Config): readonly Problem[] {
  const named: readonly (readonly [path: string, file: string | undefined])[] = [
    ...config.plugins.map((file, index) => [`plugins[${index}]`, file] as const),
    ['scenarios', config.scenarios],
    ['simulatedResources', config.simulatedResources],
    ['samples', config.samples],
    ...config.seeds.map((file, index) => [`seeds[${index}]`, file] as const),
  ];
  return named.flatMap(([path, file]) =>
    file === undefined || existsSync(join(root, file))
      ? []
      : [{ path: `${SECTION}.${path}`, message: `There is no ${file}` }],
  );
}
