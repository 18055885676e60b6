import type { Json, JsonObject } from '../core/json.ts';
import { resourceNamed } from '../core/logical-name.ts';
import { invalid, UserError } from '../core/user-error.ts';
import type { Project } from '../project/read-project.ts';
import { readApp } from '../runtime/read-app.ts';
import { parseStateMachine } from '../states-language/parse/parse-state-machine.ts';
import { printStateMachine } from '../states-language/print/print-state-machine.ts';

const ENDPOINT = 'http://127.0.0.1:4700';

/**
 * Reads a workflow of the template, by its logical id, its name or its file, as the engine understands it.
 * @throws {UserError} When the project does not load, or has no such workflow.
 */
export function normalisedDefinition(project: Project, workflow: string): JsonObject {
  const app = readApp(project.root, ENDPOINT, project);
  if (!app.ok) throw invalid(app.problems);
  const { stateMachines } = app.value;
  const found =
    resourceNamed(stateMachines, workflow) ??
    stateMachines.find(({ name, definitionFile }) => [name, definitionFile].includes(workflow));
  if (found === undefined) {
    const names = stateMachines.map(({ logicalId }) => logicalId).join(', ');
    throw new UserError('not-found', `No workflow "${workflow}": there is ${names}`);
  }
  return normalised(found.definition);
}

/**
 * Gives a definition the one form that this project prints.
 * @throws {UserError} When it does not parse.
 */
export function normalised(definition: Json): JsonObject {
  const machine = parseStateMachine(definition);
  if (!machine.ok) throw invalid(machine.problems);
  return printStateMachine(machine.value);
}
