import { basename, join } from 'node:path';
import * as v from 'valibot';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';
import { UserError } from '../core/user-error.ts';
import { readJsonFile } from '../project/read-json-file.ts';
import { TOOL_EXPECTATIONS } from './expectations/tool-expectations.ts';
import { JsonValue } from './json-value.ts';
import type { NamedExpectation, Scenario, Step } from './scenario.ts';
import type { ScenarioExtension } from './scenario-extension.ts';
import { TOOL_STEPS } from './steps/tool-steps.ts';

/** The fields of a scenario that are no steps. */
const head = {
  /** Scenarios play in the order of these numbers; those that have none come last, by name. */
  order: v.optional(v.number(), Number.POSITIVE_INFINITY),
  title: v.string(),
  /** The logical id of the state machine whose executions count; where it is left out, all count. */
  workflow: v.optional(v.string()),
  /** Simulated services whose resources are seeded anew, such as `rds`. */
  reset: v.optional(v.array(v.string()), []),
  /** SSM parameters by logical id, as they are while it plays: a text, or values at paths of its JSON. */
  settings: v.optional(
    v.record(v.string(), v.union([v.string(), v.record(v.string(), JsonValue)])),
    {},
  ),
  /** What happens after what the scenario begins with. */
  next: v.optional(v.array(v.record(v.string(), JsonValue)), []),
  expect: v.record(v.string(), JsonValue),
};
const After = v.optional(v.pipe(v.string(), v.regex(/^[\w-]+:\w+$/, 'write service:Action')));

type Kinds<T> = Readonly<Record<string, v.GenericSchema<unknown, T | undefined>>>;

/**
 * Parses a file as a scenario.
 * @param extensions What the project's plug-ins add to the fields of the file.
 * @returns The scenario, or everything that is wrong with the file, each with its field.
 * @throws {UserError} When the file is no JSON, or an extension has a name that is taken.
 */
export function parseScenario(
  root: string,
  file: string,
  extensions: readonly ScenarioExtension[],
): Result<Scenario> {
  const steps = kindsOf(TOOL_STEPS, extensions, ({ steps: own = {} }) => own, Object.keys(head));
  const expectations = kindsOf(TOOL_EXPECTATIONS, extensions, (one) => one.expectations ?? {}, []);
  const content = readJsonFile(join(root, file));
  if (!isJsonObject(content)) return bad({ file, message: 'Write an object' });
  const isHead = ([name]: readonly [string, Json]) => Object.hasOwn(head, name);
  const entries = Object.entries(content);
  const top = parseFields(head, Object.fromEntries(entries.filter(isHead)), []);
  const first = Object.fromEntries(entries.filter((entry) => !isHead(entry)));
  const known = [...Object.keys(head), ...Object.keys(steps)];
  const parsedSteps = [
    parseStep(steps, first, [], known),
    ...listOf(content['next']).map((step, index) => parseLater(steps, step, index)),
  ];
  const expect = parseExpectations(
    expectations,
    isJsonObject(content['expect']) ? content['expect'] : {},
  );
  const problems = [top, ...parsedSteps, expect].flatMap((one) => (one.ok ? [] : one.problems));
  if (!top.ok || !expect.ok || problems.length > 0) {
    return bad(...problems.map((problem) => ({ file, ...problem })));
  }
  const { next: _, expect: __, ...rest } = top.value;
  return ok({
    ...rest,
    workflow: rest.workflow,
    name: basename(file, '.json'),
    file,
    steps: parsedSteps.flatMap((step) => (step.ok ? [step.value] : [])),
    expect: expect.value,
  });
}

/** The tool's kinds and those of the extensions. @throws {UserError} When a name is taken. */
function kindsOf<T>(
  own: Kinds<T>,
  extensions: readonly ScenarioExtension[],
  kindsIn: (extension: ScenarioExtension) => Kinds<T>,
  taken: readonly string[],
): Kinds<T> {
  const all = { ...own };
  for (const [name, kind] of extensions.flatMap((one) => Object.entries(kindsIn(one)))) {
    if (Object.hasOwn(all, name) || taken.includes(name) || name === 'after') {
      throw new UserError('invalid', `A plug-in adds ${name} to scenarios, which is there already`);
    }
    all[name] = kind;
  }
  return all;
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((one: Json) => isJsonObject(one)) : [];
}

function parseLater(
  steps: Kinds<Step['actions'][number]>,
  step: JsonObject,
  index: number,
): Result<Step> {
  const { after, ...fields } = step;
  const place = ['next', String(index)];
  const parsed = parseStep(steps, fields, place, ['after', ...Object.keys(steps)]);
  const call = parseFields({ after: After }, after === undefined ? {} : { after }, place);
  if (parsed.ok && call.ok) return ok({ ...parsed.value, after: call.value.after });
  return bad(...[parsed, call].flatMap((one) => (one.ok ? [] : one.problems)));
}

function parseStep(
  steps: Kinds<Step['actions'][number]>,
  fields: JsonObject,
  place: readonly string[],
  known: readonly string[],
): Result<Step> {
  const parsed = parseFields(steps, fields, place, known);
  if (!parsed.ok) return parsed;
  const actions = Object.keys(steps).flatMap((name) => parsed.value[name] ?? []);
  return ok({ after: undefined, actions, timesOut: 'timeOutIn' in fields });
}

function parseExpectations(
  kinds: Kinds<NamedExpectation['begin']>,
  fields: JsonObject,
): Result<readonly NamedExpectation[]> {
  const parsed = parseFields(kinds, fields, ['expect']);
  if (!parsed.ok) return parsed;
  return ok(
    Object.keys(kinds).flatMap((name) => {
      const begin = parsed.value[name];
      return begin === undefined ? [] : [{ name, begin }];
    }),
  );
}

/** Parses the fields of an object; an unknown one is refused with the names of those that there are. */
function parseFields<T extends v.ObjectEntries>(
  schemas: T,
  fields: JsonObject,
  place: readonly string[],
  known: readonly string[] = Object.keys(schemas),
): Result<v.InferOutput<v.StrictObjectSchema<T, undefined>>> {
  const parsed = v.safeParse(v.strictObject(schemas), fields);
  if (parsed.success) return ok(parsed.output);
  return bad(...parsed.issues.map((issue) => problemOf(issue, place, known)));
}

function problemOf(
  issue: v.BaseIssue<unknown>,
  place: readonly string[],
  known: readonly string[],
): Problem {
  const path = [...place, v.getDotPath(issue) ?? ''].filter(Boolean).join('.');
  const isField = issue.path?.length === 1;
  if (issue.type !== 'strict_object' || issue.expected !== 'never')
    return { path, message: issue.message };
  const message = isField ? `No such field: there are ${known.join(', ')}` : 'No such field';
  return { path, message };
}
