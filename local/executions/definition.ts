import type { StateMachine } from '../asl/ast.ts';
import { isJsonObject, type Json } from '../json.ts';
import { bad, ok, type Problem, type Result } from '../result.ts';
import type { Interpreter } from './interpreter.ts';
import { invalidDefinition } from './refusals.ts';
import { checkResources, type ResourceRules } from './tasks/check-resources.ts';
import { whyNotJson } from './why-not-json.ts';

/** One thing wrong with a definition, as ValidateStateMachineDefinition tells it. */
export interface Diagnostic {
  readonly severity: 'ERROR';
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

/** What a definition is checked against, and by whom. */
export interface DefinitionRules extends ResourceRules {
  readonly interpreter: Interpreter;
}

/** Checks a definition, its tasks' resources included. */
export function checkDefinition(definition: Json, rules: DefinitionRules): Result<StateMachine> {
  const parsed = rules.interpreter.parse(definition);
  if (!parsed.ok) return parsed;
  const problems = checkResources(rules.interpreter.resourcesOf(parsed.value), rules);
  return problems.length === 0 ? parsed : bad(...problems);
}

/** What reading a definition's text came to. */
export type ReadDefinition =
  | { readonly ok: true; readonly machine: StateMachine }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads a definition's text as the API takes it. */
export function readDefinition(text: string, rules: DefinitionRules): ReadDefinition {
  const fault = text.trim() === '' ? undefined : whyNotJson(text);
  if (fault !== undefined) {
    const location = `[Source: (String)"${text}"; line: ${fault.line}, column: ${fault.column}]`;
    const message = `${fault.message}\n at ${location}`;
    return failed({ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message, location });
  }
  const definition: Json = text.trim() === '' ? null : JSON.parse(text);
  if (!isJsonObject(definition)) {
    return failed({
      severity: 'ERROR',
      code: 'SCHEMA_VALIDATION_FAILED',
      message: 'Definition must be a valid JSON object',
    });
  }
  const checked = checkDefinition(definition, rules);
  return checked.ok
    ? { ok: true, machine: checked.value }
    : failed(...checked.problems.map(toDiagnostic));
}

/** Reads a definition's text. @throws {AwsError} `InvalidDefinition`, with everything that is wrong. */
export function acceptDefinition(text: string, rules: DefinitionRules): StateMachine {
  const read = readDefinition(text, rules);
  if (read.ok) return read.machine;
  const reasons = read.diagnostics.map(({ code, message, location }) =>
    code === 'INVALID_JSON_DESCRIPTION' || location === undefined
      ? `${code}: ${message}`
      : `${code}: ${message} at ${location}`,
  );
  throw invalidDefinition(reasons.join(', '));
}

function failed(...diagnostics: readonly Diagnostic[]): ReadDefinition {
  return { ok: false, diagnostics };
}

/** A parser's message may begin with AWS's code, such as `MISSING_TRANSITION_TARGET: …`. */
const CODE = /^([A-Z][A-Z_]+): (.+)$/s;

function toDiagnostic({ message, path = '' }: Problem): Diagnostic {
  const [, code = 'SCHEMA_VALIDATION_FAILED', text = message] = CODE.exec(message) ?? [];
  return { severity: 'ERROR', code, message: text, location: `/${path.replaceAll('.', '/')}` };
}

/** Reads the input of an execution or the output of a task. */
export function readJsonText(text: string): Result<Json> {
  const fault = whyNotJson(text);
  if (fault === undefined) return ok(JSON.parse(text));
  return bad({ message: fault.message });
}
