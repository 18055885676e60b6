import { type Problem, problemText } from '../core/result.ts';
import type { Executions } from '../executions/executions.ts';
import { diagnoseStateMachine } from '../states-language/parse/parse-state-machine.ts';
import type { App, StateMachineResource } from '../template/app.ts';

/**
 * Gives the template's activities and state machines to the executions, and takes away those that it no longer has.
 * Returns what is wrong, with file and line; a machine with a problem keeps the definition it had.
 * Warnings of a definition that is taken are said, once for each time that it changes.
 */
export function defineMachines(
  executions: Executions,
  app: App,
  earlier: App | undefined,
  say: (line: string) => void,
): readonly Problem[] {
  for (const activity of app.activities) executions.defineActivity(activity);
  const wanted = new Set(app.stateMachines.map(({ arn }) => arn));
  for (const arn of executions.templateMachines()) if (!wanted.has(arn)) executions.remove(arn);
  return app.stateMachines.flatMap((machine) => {
    const before = earlier?.stateMachines.find(({ arn }) => arn === machine.arn);
    if (before !== undefined && sameMachine(before, machine)) return [];
    const result = executions.define(machine);
    if (!result.ok) return result.problems.map((problem) => placed(problem, machine));
    for (const warning of warningsOf(machine)) say(problemText(warning));
    return [];
  });
}

function warningsOf(machine: StateMachineResource): readonly Problem[] {
  const { diagnostics } = diagnoseStateMachine(machine.definition);
  return diagnostics
    .filter(({ severity }) => severity === 'WARNING')
    .map(({ message, path = '' }) => placed({ message: `Warning: ${message}`, path }, machine));
}

function sameMachine(a: StateMachineResource, b: StateMachineResource): boolean {
  return (
    a.roleArn === b.roleArn &&
    a.type === b.type &&
    JSON.stringify(a.definition) === JSON.stringify(b.definition)
  );
}

function placed(
  problem: Problem,
  { definitionFile, lineOf, place }: StateMachineResource,
): Problem {
  const line = lineOf(problem.path ?? '') ?? place.line;
  return { ...problem, file: definitionFile, line };
}
