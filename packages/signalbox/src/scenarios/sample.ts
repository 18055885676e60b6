import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { readJsonFile } from '../cli/read-json-file.ts';
import type { Json } from '../core/json.ts';
import { UserError } from '../core/user-error.ts';
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

const SampleSchema = v.strictObject({
  /** Scenarios play in the order of these numbers; those that have none come last, by name. */
  order: v.optional(v.number(), Number.POSITIVE_INFINITY),
  title: v.string(),
  /** The logical id of the state machine whose executions count. */
  workflow: v.optional(v.string(), 'OrderProcessingStateMachine'),
  /** Parts of the world that begin anew, such as `rds`. */
  world: v.optional(v.array(v.string()), []),
  /** SSM parameters by logical id, as they are while it plays: a text, or values at paths of its JSON. */
  settings: v.optional(
    v.record(v.string(), v.union([v.string(), v.record(v.string(), JsonValue)])),
    {},
  ),
  ...stepEntries,
  /** What happens after what the sample begins with. */
  next: v.optional(v.array(LaterStepSchema), []),
  expect: ExpectationSchema,
});

/** What happens at one time of a sample. */
export type Step = v.InferOutput<typeof LaterStepSchema>;

/** A sample: what happens, and what must come of it. */
export interface Sample {
  /** The file's name, without `.json`. */
  readonly name: string;
  /** The file, relative to the project's root. */
  readonly file: string;
  readonly order: number;
  readonly title: string;
  readonly workflow: string;
  readonly world: readonly string[];
  readonly settings: Settings;
  readonly steps: readonly Step[];
  readonly expect: Expectation;
}

/**
 * Reads `scenarios/<domain>/*.json` in their order.
 * @throws {UserError} When one is not a sample, naming the file and the field.
 */
export function readSamples(root: string): readonly Sample[] {
  return filesIn(root)
    .map((file) => readSample(root, file))
    .sort((a, b) => a.order - b.order || (a.file < b.file ? -1 : 1));
}

function filesIn(root: string): readonly string[] {
  const folders = readdirSync(join(root, 'scenarios'), { withFileTypes: true });
  return folders
    .filter((folder) => folder.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(root, 'scenarios', name))
        .filter((file) => file.endsWith('.json'))
        .map((file) => `scenarios/${name}/${file}`),
    );
}

function readSample(root: string, file: string): Sample {
  const parsed = v.safeParse(SampleSchema, readJsonFile(join(root, file)));
  if (parsed.success) return sampleOf(file, parsed.output);
  const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  throw new UserError('invalid', `${file}: ${problems.join('; ')}`);
}

function sampleOf(file: string, content: v.InferOutput<typeof SampleSchema>): Sample {
  const { order, title, workflow, world, settings, next, expect, ...first } = content;
  const steps = [first, ...next];
  const name = basename(file, '.json');
  return { name, file, order, title, workflow, world, settings, steps, expect };
}
