import { isJsonObject, type Json, ownPayload } from '../core/json.ts';
import { duplicateName, jsonFault } from '../core/json-text/json-fault.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';
import type { StateMachine } from '../states-language/ast.ts';
import { distributedMapsIn } from '../states-language/checks/distributed-maps.ts';
import type { Diagnostic } from '../states-language/parse/diagnostic.ts';
import type { Interpreter } from './interpreter.ts';
import { checkSensitiveLength } from './members.ts';
import { invalidDefinition } from './refusals.ts';
import { checkResources, type ResourceRules } from './tasks/check-resources.ts';

/** The checks of a definition, and the type that it is checked for. */
export interface DefinitionRules extends ResourceRules {
  readonly interpreter: Interpreter;
}

/** A definition's machine, where it has one, and all that is to say about it. */
export interface ReadDefinition {
  readonly machine: StateMachine | undefined;
  /** Without a location where there is no place, as when the text is not JSON. */
  readonly diagnostics: readonly (Omit<Diagnostic, 'location'> & {
    readonly location?: string | undefined;
  })[];
}

/** Checks a definition, its tasks' resources included. */
export function checkDefinition(definition: Json, rules: DefinitionRules): Result<StateMachine> {
  const { machine, diagnostics } = diagnose(definition, rules);
  if (machine !== undefined) return ok(machine);
  const errors = diagnostics.filter(({ severity }) => severity === 'ERROR');
  return bad(...errors.map(({ message, path = '' }) => ({ message, path })));
}

/** AWS: the greatest length of a definition, in characters. */
const MAX_DEFINITION_LENGTH = 1_048_576;

/** Reads a definition's text as the API takes it. @throws {AwsError} When it is too long to be read. */
export function readDefinition(text: string, rules: DefinitionRules): ReadDefinition {
  checkSensitiveLength('definition', text, MAX_DEFINITION_LENGTH);
  const fault = text.trim() === '' ? undefined : (jsonFault(text) ?? duplicateName(text));
  if (fault !== undefined) {
    const location = `[Source: (String)"${text}"; line: ${fault.line}, column: ${fault.column}]`;
    const message = `${fault.message}\n at ${location}`;
    return refused({ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message, location });
  }
  const definition: Json = text.trim() === '' ? null : ownPayload(text);
  if (isJsonObject(definition)) return diagnose(definition, rules);
  return refused({
    severity: 'ERROR',
    code: 'SCHEMA_VALIDATION_FAILED',
    message: 'Definition must be a valid JSON object',
  });
}

/** Reads a definition's text. @throws {AwsError} `InvalidDefinition`, with everything that is wrong. */
export function acceptDefinition(text: string, rules: DefinitionRules): StateMachine {
  const { machine, diagnostics } = readDefinition(text, rules);
  if (machine !== undefined) return machine;
  const errors = diagnostics.filter(({ severity }) => severity === 'ERROR');
  const reasons = errors.map(({ code, message, location }) =>
    code === 'INVALID_JSON_DESCRIPTION'
      ? `${code}: ${message}`
      : `${code}: ${message}${placeText(code, location)}`,
  );
  throw invalidDefinition(reasons.join(', '));
}

/** AWS writes `at null` of a machine without an end, and nothing of a text that is no definition. */
function placeText(code: string, location: string | undefined): string {
  if (location !== undefined) return ` at ${location}`;
  return code === 'MISSING_END_STATE' ? ' at null' : '';
}

function diagnose(definition: Json, rules: DefinitionRules): ReadDefinition {
  const parsed = rules.interpreter.diagnose(definition);
  if (parsed.machine === undefined) return parsed;
  const problems = [
    ...checkResources(rules.interpreter.resourcesOf(parsed.machine), rules),
    ...checkMaps(parsed.machine, rules),
  ];
  if (problems.length === 0) return parsed;
  const found = problems.map(({ message, path = '' }) => ({
    severity: 'ERROR' as const,
    code: 'SCHEMA_VALIDATION_FAILED',
    message,
    path,
    location: `/${path.replaceAll('.', '/')}`,
  }));
  return { machine: undefined, diagnostics: [...parsed.diagnostics, ...found] };
}

/** AWS: "Distributed mode is supported in Standard workflows but not supported in Express workflows". */
function checkMaps(machine: StateMachine, { type }: DefinitionRules): readonly Problem[] {
  if (type !== 'EXPRESS') return [];
  const message = 'Express state machine does not support Map state in DISTRIBUTED mode';
  return distributedMapsIn(machine).map((path) => ({ message, path }));
}

function refused(...diagnostics: ReadDefinition['diagnostics']): ReadDefinition {
  return { machine: undefined, diagnostics };
}

/** Reads the input of an execution or the output of a task. */
export function readJsonText(text: string): Result<Json> {
  const fault = jsonFault(text);
  return fault === undefined ? ok(ownPayload(text)) : bad({ message: fault.message });
}
