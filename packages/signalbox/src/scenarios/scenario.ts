import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { readJsonFile } from '../cli/read-json-file.ts';
import type { Json } from '../core/json.ts';
import { invalid, UserError } from '../core/user-error.ts';
import { readProjectConfig } from '../project/project-config.ts';
import { type Expectation, ExpectationSchema } from './expectation.ts';
import type { Settings } from './settings.ts';

const FaultAim = v.pipe(v.string(), v.regex(/^[^:]+(:.+)?$/, 'write fault or fault:target'));

const JsonValue = v.custom<Json>((value) => value !== undefined);

/** What happens in one step, in this order; each settles before the next. */
const stepEntries = {
  /** Faults to begin, such as `database:web-data`. */
  break: v.optional(v.array(FaultAim), []),
  /** Faults to end. */
  mend: v.optional(v.array(FaultAim), []),
  /** A file of events to put, relative to the scenario's folder. */
  entries: v.optional(v.string()),
  /** Changes an alarm, by its logical id. */
  alarm: v.optional(
    v.strictObject({
      name: v.string(),
      state: v.picklist(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    }),
  ),
  /** A schedule of the template that happens now, by its logical id; no other does. */
  schedule: v.optional(v.string()),
  /** How the person answers who is asked in a state. */
  answer: v.optional(
    v.strictObject({ state: v.string(), decision: v.picklist(['approve', 'deny', 'nobody']) }),
  ),
  /** An operator stops the execution while it is in this state. */
  stopIn: v.optional(v.string()),
};

const LaterStepSchema = v.strictObject({
  ...stepEntries,
  /** A call such as `rds:FailoverDBCluster`: the step happens right after it, and time stands still meanwhile. */
  after: v.optional(v.pipe(v.string(), v.regex(/^[\w-]+:\w+$/, 'write service:Action'))),
});

const ScenarioSchema = v.strictObject({
  /** Scenarios play in the order of these numbers; those that have none come last, by name. */
  order: v.optional(v.number(), Number.POSITIVE_INFINITY),
  title: v.string(),
  /** The logical id of the state machine whose executions count; where it is left out, all count. */
  workflow: v.optional(v.string()),
  /** Parts of the world that begin anew, such as `rds`. */
  world: v.optional(v.array(v.string()), []),
  /** SSM parameters by logical id, as they are while it plays: a text, or values at paths of its JSON. */
  settings: v.optional(
    v.record(v.string(), v.union([v.string(), v.record(v.string(), JsonValue)])),
    {},
  ),
  ...stepEntries,
  /** What happens after what the scenario begins with. */
  next: v.optional(v.array(LaterStepSchema), []),
  expect: ExpectationSchema,
});

/** What happens at one time of a scenario. */
export type Step = v.InferOutput<typeof LaterStepSchema>;

/** A scenario: what happens, and what must come of it. */
export interface Scenario {
  /** The file's name, without `.json`. */
  readonly name: string;
  /** The file, relative to the project's root. */
  readonly file: string;
  readonly order: number;
  readonly title: string;
  readonly workflow: string | undefined;
  readonly world: readonly string[];
  readonly settings: Settings;
  readonly steps: readonly Step[];
  readonly expect: Expectation;
}

/**
 * Reads scenarios in their order.
 * @param files Paths relative to the root; none for every JSON file in a folder of `scenarios/`, or
 * of the folder that package.json names. A project without one has none.
 * @throws {UserError} When a file is no scenario, naming the file and the field.
 */
export function readScenarios(root: string, files: readonly string[] = []): readonly Scenario[] {
  return (files.length > 0 ? files : filesIn(root))
    .map((file) => readScenario(root, file))
    .sort((a, b) => a.order - b.order || (a.file < b.file ? -1 : 1));
}

/** Files in `<folder>/<domain>/`; what lies deeper, or in the folder itself, is data of theirs. */
function filesIn(root: string): readonly string[] {
  const config = readProjectConfig(root);
  if (!config.ok) throw invalid(config.problems);
  const { scenarios } = config.value;
  if (scenarios === undefined) return [];
  const folders = readdirSync(join(root, scenarios), { withFileTypes: true });
  return folders
    .filter((folder) => folder.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(root, scenarios, name))
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(scenarios, name, file)),
    );
}

function readScenario(root: string, file: string): Scenario {
  const parsed = v.safeParse(ScenarioSchema, readJsonFile(join(root, file)));
  if (parsed.success) return scenarioOf(file, parsed.output);
  const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  throw new UserError('invalid', `${file}: ${problems.join('; ')}`);
}

function scenarioOf(file: string, content: v.InferOutput<typeof ScenarioSchema>): Scenario {
  const { order, title, workflow, world, settings, next, expect, ...first } = content;
  const steps = [first, ...next];
  const name = basename(file, '.json');
  return { name, file, order, title, workflow, world, settings, steps, expect };
}
