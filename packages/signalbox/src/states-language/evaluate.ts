import { jsonText } from '../core/exact-json/exact-number.ts';
import { objectOf } from '../core/exact-json/ordered-object.ts';
import type { Json } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';
import type { Assign } from './ast.ts';
import { ERROR } from './error-names.ts';
import { allReady, type Eventual, onceReady } from './eventual.ts';
import { EvaluationFailure, UnsupportedResult } from './jsonata/evaluation-failure.ts';
import type { Expression } from './jsonata/expression.ts';
import { portFunctions } from './jsonata/functions.ts';
import type { IntrinsicArgument, IntrinsicCall } from './jsonpath/intrinsic-call.ts';
import { intrinsicFailure } from './jsonpath/intrinsics/intrinsic.ts';
import { INTRINSICS } from './jsonpath/intrinsics/registry.ts';
import type { Path } from './jsonpath/path.ts';
import { contextOf, type Visit } from './run.ts';
import { StateFailure } from './state-failure.ts';
import type { Template } from './template.ts';

/** The data that a template's expressions read. */
export interface EvaluationScope {
  readonly visit: Visit;
  /** JSONPath's `$`. */
  readonly root: Json;
  /** JSONata's `$states.result`, once there is one. */
  readonly result?: Json;
  /** JSONata's `$states.errorOutput`, in a Catch. */
  readonly errorOutput?: Json;
}

/**
 * Computes a template's value.
 * @throws {StateFailure} When a path leads nowhere or an expression fails.
 */
export function evaluate(template: Template, scope: EvaluationScope): Eventual<Json> {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'object':
      return evaluateObject(template.members, scope);
    case 'array':
      return allReady(template.items.map((item) => evaluate(item, scope)));
    case 'jsonata':
      return evaluateJsonata(template.expression, template.field, scope);
    case 'path':
      return readPath(template.path, template.field, scope);
    case 'intrinsic':
      return callIntrinsic(template.call, template.field, scope);
  }
}

function evaluateObject(
  members: Extract<Template, { kind: 'object' }>['members'],
  scope: EvaluationScope,
): Eventual<Json> {
  const values = allReady(members.map((member) => evaluate(member.value, scope)));
  return onceReady(values, (ready) => {
    return objectOf(members.map(({ name }, at) => [name, ready[at] ?? null] as const));
  });
}

/** Computes what a state assigns; the variables still have their old values meanwhile. */
export function evaluateAssign(
  assign: Assign | undefined,
  scope: EvaluationScope,
): Eventual<Readonly<Record<string, Json>> | undefined> {
  if (assign === undefined) return undefined;
  const names = [...assign.keys()];
  const values = allReady([...assign.values()].map((value) => evaluate(value, scope)));
  return onceReady(values, (ready) =>
    Object.fromEntries(names.map((name, at) => [name, ready[at] ?? null])),
  );
}

async function evaluateJsonata(
  expression: Expression,
  field: string,
  scope: EvaluationScope,
): Promise<Json> {
  const { visit, result, errorOutput } = scope;
  const states = {
    input: visit.input,
    get context() {
      return contextOf(visit);
    },
    ...(result === undefined ? {} : { result }),
    ...(errorOutput === undefined ? {} : { errorOutput }),
  };
  const { ports, variables } = visit.run;
  const bindings = { ...portFunctions(ports), ...variables.values, states };
  try {
    const value = await expression.evaluate(bindings);
    if (value !== undefined) return value;
  } catch (error) {
    if (error instanceof UnsupportedResult) {
      throw queryFailure(expression, field, 'returned an unsupported result type.');
    }
    if (!(error instanceof EvaluationFailure)) throw error;
    const ending = `threw an error during evaluation${error.ending}`;
    throw queryFailure(expression, field, ending);
  }
  throw queryFailure(expression, field, 'returned nothing (undefined).');
}

/** The failure of a JSONata field, with AWS's sentence that names the expression and the field. */
export function queryFailure(expression: Expression, field: string, ending: string): StateFailure {
  return new StateFailure(
    ERROR.queryEvaluationError,
    `The JSONata expression '${expression.source}' specified for the field '${field}' ${ending}`,
    { location: field, isQuery: true },
  );
}

/** Reads where a path starts: `$`, `$$` or a variable. */
export function rootOf(path: Path, scope: EvaluationScope): Json | undefined {
  switch (path.root.kind) {
    case 'input':
      return scope.root;
    case 'context':
      return contextOf(scope.visit);
    case 'variable':
      return ownMember(scope.visit.run.variables.values, path.root.name);
  }
}

function readPath(path: Path, field: string, scope: EvaluationScope): Json {
  return readOrFail(
    path,
    scope,
    () => `The JSONPath '${path.text}' specified for the field '${field}'`,
  );
}

/** Reads a path; `subject` begins AWS's sentence where it leads nowhere. */
function readOrFail(path: Path, scope: EvaluationScope, subject: () => string): Json {
  const root = rootOf(path, scope);
  const value = root === undefined ? undefined : path.read(root);
  if (value !== undefined) return value;
  checkFit(path, root);
  throw new StateFailure(
    ERROR.runtime,
    `${subject()} could not be found in the input '${jsonText(root ?? {})}'`,
  );
}

/** A step that does not fit what it meets, such as an index on a text, fails in the library's own words. */
function checkFit(path: Path, root: Json | undefined): void {
  const failure = root === undefined ? undefined : path.failure(root);
  if (failure?.isMissing === false) throw new StateFailure(ERROR.runtime, failure.message);
}

function callIntrinsic(call: IntrinsicCall, field: string, scope: EvaluationScope): Json {
  const intrinsic = INTRINSICS.get(call.name);
  if (intrinsic === undefined) throw new RangeError(`Cannot call ${call.name}: no such function`);
  const args = call.arguments.map((argument) => argumentValue(call, argument, field, scope));
  if (args.length < intrinsic.min || args.length > intrinsic.max) {
    throw intrinsicFailure(call.name, `Invalid number of arguments: ${args.length}`);
  }
  return intrinsic.run(args, scope.visit.run.ports);
}

function readArgument({ text }: IntrinsicCall, path: Path, scope: EvaluationScope): Json {
  const subject = () =>
    `The function '${text}' had the following error: The JsonPath argument for the field '${path.text}'`;
  return readOrFail(path, scope, subject);
}

function argumentValue(
  call: IntrinsicCall,
  argument: IntrinsicArgument,
  field: string,
  scope: EvaluationScope,
): Json {
  switch (argument.kind) {
    case 'literal':
      return argument.value;
    case 'path':
      return readArgument(call, argument.path, scope);
    case 'call':
      return callIntrinsic(argument.call, field, scope);
  }
}
