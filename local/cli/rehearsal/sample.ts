import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Json } from '../../json.ts';
import { UserError } from '../../user-error.ts';
import { readJsonFile } from '../read-json-file.ts';
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
  /** A file of events to put, relative to `events/`. */
  entries: v.optional(v.string()),
  /** Changes an alarm, by its logical id. */
  alarm: v.optional(
    v.strictObject({
      name: v.string(),
      state: v.picklist(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    }),
  ),
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
  readonly title: string;
  readonly workflow: string;
  readonly world: readonly string[];
  readonly settings: Settings;
  readonly steps: readonly Step[];
  readonly expect: Expectation;
}

/**
 * Reads `events/samples` in the order of their names.
 * @throws {UserError} When one is not a sample, naming the file and the field.
 */
export function readSamples(root: string): readonly Sample[] {
  const directory = join(root, 'events', 'samples');
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const parsed = v.safeParse(SampleSchema, readJsonFile(join(directory, file)));
    if (parsed.success) return sampleOf(file.replace(/\.json$/, ''), parsed.output);
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    throw new UserError('invalid', `events/samples/${file}: ${problems.join('; ')}`);
  });
}

function sampleOf(name: string, file: v.InferOutput<typeof SampleSchema>): Sample {
  const { title, workflow, world, settings, next, expect, ...first } = file;
  return { name, title, workflow, world, settings, steps: [first, ...next], expect };
}
