import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { bad, ok, type Result } from '../../core/result.ts';
import type { StateMachine } from '../ast.ts';
import { checkStateMachine } from '../checks/check-state-machine.ts';
import { MAX_SECONDS } from './bounds.ts';
import { type Diagnostic, Diagnostics } from './diagnostic.ts';
import { Fields } from './fields.ts';
import { parseGraph } from './parse-graph.ts';

/** A definition's machine, where it has one, and all that is to say about it. */
export interface Parsed {
  /** Undefined where a diagnostic is an error. */
  readonly machine: StateMachine | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a definition; each problem carries its `path`, such as `States.Charge.Retry[0]`. */
export function parseStateMachine(definition: Json): Result<StateMachine> {
  const { machine, diagnostics } = diagnoseStateMachine(definition);
  if (machine !== undefined) return ok(machine);
  return bad(...diagnostics.filter(({ severity }) => severity === 'ERROR'));
}

/** Reads a definition and reports errors and warnings, as ValidateStateMachineDefinition does. */
export function diagnoseStateMachine(definition: Json): Parsed {
  const diagnostics = new Diagnostics();
  if (!isJsonObject(definition)) {
    diagnostics.schema('Definition must be a valid JSON object', []);
    return { machine: undefined, diagnostics: diagnostics.found };
  }
  const machine = parseMachine(new Fields(definition, [], diagnostics, 'JSONPath'));
  // AWS says no more of what has no states at all.
  if (Object.hasOwn(definition, 'States')) checkStateMachine(machine, diagnostics);
  const isRefused = diagnostics.found.some(({ severity }) => severity === 'ERROR');
  return { machine: isRefused ? undefined : machine, diagnostics: diagnostics.found };
}

function parseMachine(fields: Fields): StateMachine {
  const queryLanguage = fields.word('QueryLanguage', ['JSONPath', 'JSONata']) ?? 'JSONPath';
  const graph = parseGraph(fields, queryLanguage);
  const machine = {
    ...graph,
    queryLanguage,
    comment: fields.text('Comment'),
    version: fields.text('Version'),
    timeoutSeconds: fields.integer('TimeoutSeconds', 1, MAX_SECONDS),
  };
  fields.refuseOthers();
  return machine;
}
