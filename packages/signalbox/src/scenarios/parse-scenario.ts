import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { isRegionName } from '../core/in-region.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';
import { readValue } from '../core/schema/read-value.ts';
import { fields, listOf, mapOf, Text, textLike } from '../core/schema/schema.ts';
import { UserError } from '../core/user-error.ts';
import { placeIn } from '../project/place-in.ts';
import { readJsonText } from '../project/read-json-file.ts';
import { TOOL_EXPECTATIONS } from './expectations/tool-expectations.ts';
import { JsonRecord } from './json-value.ts';
import type { NamedExpectation, Scenario, ScenarioStep } from './scenario.ts';
import type { ScenarioExtension, StepAction } from './scenario-extension.ts';
import { TOOL_STEPS } from './steps/tool-steps.ts';

/** The fields of a scenario that are no steps. */
const head = {
  /** Scenarios play in the order of these numbers; those that have none come last, by name. */
  order: v.optional(v.number('Write a number'), Number.POSITIVE_INFINITY),
  title: Text,
  /** The logical id of the state machine whose executions count; where it is left out, all count. */
  workflow: v.optional(Text),
  /** Simulated services whose resources are seeded anew, such as `rds`. */
  reset: v.optional(listOf(Text), []),
  /** SSM parameters by logical id, as they are while it plays: a text, or values at paths of its JSON. */
  settings: v.optional(
    mapOf(v.union([v.string(), JsonRecord], 'Write a text, or an object of values at paths')),
    {},
  ),
  /** Results of tasks while it plays, in the format of Step Functions Local's `MockConfigFile.json`. */
  mocks: v.optional(fields({ file: Text, testCase: v.optional(Text) })),
  /** Steps that follow those that the scenario begins with. */
  next: v.optional(listOf(JsonRecord), []),
  expect: JsonRecord,
};
const Region = v.optional(
  v.pipe(
    Text,
    v.check(isRegionName, ({ input }) => `"${input}" is no Region: write one such as us-west-2`),
  ),
);
const After = v.optional(textLike(/^[\w-]+:\w+$/, 'a call such as rds:FailoverDBCluster'));

type Kinds<T> = Readonly<Record<string, v.GenericSchema<unknown, T | undefined>>>;

/**
 * Parses a file as a scenario.
 * @param extensions What the project's plug-ins add to the fields of the file.
 * @returns The scenario, or everything that is wrong with the file, each with its line and field.
 * @throws {UserError} When the file is not there, or an extension has a name that is taken.
 */
export function parseScenario(
  root: string,
  file: string,
  extensions: readonly ScenarioExtension[],
): Result<Scenario> {
  const steps = kindsOf(TOOL_STEPS, extensions, ({ steps: own = {} }) => own, [
    ...Object.keys(head),
    'after',
    'region',
  ]);
  const expectations = kindsOf(TOOL_EXPECTATIONS, extensions, (one) => one.expectations ?? {}, [
    'regions',
  ]);
  const text = readText(root, file);
  const content = readJsonText(text, file);
  if (!content.ok) return content;
  const parsed = parseContent(content.value, steps, expectations);
  if (!parsed.ok) return bad(...placeIn(file, text, parsed.problems));
  return ok({ ...parsed.value, name: basename(file, '.json'), file });
}

function readText(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    throw new UserError('not-found', `Cannot read ${file}: no such file`);
  }
}

function parseContent(
  content: Json,
  steps: Kinds<StepAction>,
  expectations: Kinds<NamedExpectation['begin']>,
): Result<Omit<Scenario, 'name' | 'file'>> {
  if (!isJsonObject(content)) return bad({ message: 'Write an object' });
  const isHead = ([name]: readonly [string, Json]) => Object.hasOwn(head, name);
  const entries = Object.entries(content);
  const top = readValue(fields(head), Object.fromEntries(entries.filter(isHead)));
  const first = Object.fromEntries(entries.filter((entry) => !isHead(entry)));
  const known = [...Object.keys(head), ...Object.keys(steps)];
  const { next, expect: expected } = content;
  const parsedSteps = [
    parseStep(steps, first, '', [...known, 'region']),
    ...objectsIn(next).map((step, index) => parseLater(steps, step, `next[${index}]`)),
  ];
  const expect = parseAllExpectations(expectations, isJsonObject(expected) ? expected : {});
  const problems = [top, ...parsedSteps, expect].flatMap(problemsOf);
  if (!top.ok || !expect.ok || problems.length > 0) return bad(...problems);
  const { order, title, workflow, reset, settings, mocks } = top.value;
  return ok({
    ...{ order, title, workflow, reset, settings, mocks },
    steps: parsedSteps.flatMap((step) => (step.ok ? [step.value] : [])),
    expect: expect.value,
  });
}

function problemsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}

/** The schema of the head refuses an item that is no object. */
function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.map((one: Json) => (isJsonObject(one) ? one : {})) : [];
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
    if (Object.hasOwn(all, name) || taken.includes(name)) {
      throw new UserError('invalid', `A plug-in adds ${name} to scenarios, which is there already`);
    }
    all[name] = kind;
  }
  return all;
}

function parseLater(
  steps: Kinds<StepAction>,
  step: JsonObject,
  path: string,
): Result<ScenarioStep> {
  const { after: call, ...given } = step;
  const parsed = parseStep(steps, given, path, ['after', 'region', ...Object.keys(steps)]);
  const after = readValue(After, call, `${path}.after`);
  if (parsed.ok && after.ok) return ok({ ...parsed.value, after: after.value });
  return bad(...[parsed, after].flatMap(problemsOf));
}

function parseStep(
  steps: Kinds<StepAction>,
  given: JsonObject,
  path: string,
  known: readonly string[],
): Result<ScenarioStep> {
  const { region: name, ...fieldsOfStep } = given;
  const region = readValue(Region, name, path === '' ? 'region' : `${path}.region`);
  const parsed = readValue(fields(steps, known), fieldsOfStep, path);
  if (!parsed.ok || !region.ok) return bad(...[parsed, region].flatMap(problemsOf));
  const actions = Object.keys(steps).flatMap((kind) => ownMember(parsed.value, kind) ?? []);
  const timesOut = 'timeOutIn' in given;
  return ok({ after: undefined, region: region.value, actions, timesOut });
}

/** Those of the app's own Region, and under `regions` those of others by their names. */
function parseAllExpectations(
  kinds: Kinds<NamedExpectation['begin']>,
  { regions = {}, ...own }: JsonObject,
): Result<readonly NamedExpectation[]> {
  const others = readValue(mapOf(JsonRecord), regions, 'expect.regions');
  if (!others.ok) return others;
  const parsed = [
    parseExpectations(kinds, own, undefined),
    ...Object.entries(others.value).map(([region, given]) =>
      parseExpectations(kinds, given, region),
    ),
  ];
  const problems = parsed.flatMap(problemsOf);
  if (problems.length > 0) return bad(...problems);
  return ok(parsed.flatMap((one) => (one.ok ? one.value : [])));
}

function parseExpectations(
  kinds: Kinds<NamedExpectation['begin']>,
  given: JsonObject,
  named: string | undefined,
): Result<readonly NamedExpectation[]> {
  const path = named === undefined ? 'expect' : `expect.regions.${named}`;
  const region = readValue(Region, named, path);
  const known = [...Object.keys(kinds), ...(named === undefined ? ['regions'] : [])];
  const parsed = readValue(fields(kinds, known), given, path);
  if (!parsed.ok || !region.ok) return bad(...[parsed, region].flatMap(problemsOf));
  return ok(
    Object.keys(kinds).flatMap((name) => {
      const begin = parsed.value[name];
      return begin === undefined ? [] : [{ name, region: region.value, begin }];
    }),
  );
}
