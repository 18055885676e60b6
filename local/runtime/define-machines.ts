import type { Executions } from '../executions/executions.ts';
import type { Problem } from '../result.ts';
import type { App, StateMachineResource } from '../template/app.ts';

/**
 * Gives the template's state machines to the executions, and takes away those that it no longer has.
 * Answers what is wrong, with file and line; a machine with a problem keeps the definition it had.
 */
export function defineMachines(
  executions: Executions,
  app: App,
  earlier: App | undefined,
): readonly Problem[] {
  const wanted = new Set(app.stateMachines.map(({ arn }) => arn));
  for (const { arn } of earlier?.stateMachines ?? []) if (!wanted.has(arn)) executions.remove(arn);
  return app.stateMachines.flatMap((machine) => {
    const before = earlier?.stateMachines.find(({ arn }) => arn === machine.arn);
    if (before !== undefined && sameMachine(before, machine)) return [];
    const result = executions.define(machine);
    return result.ok ? [] : result.problems.map((problem) => placed(problem, machine));
  });
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
