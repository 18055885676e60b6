import { SFNClient } from '@aws-sdk/client-sfn';
import { repeatName } from '../../console/fork/repeat-name.ts';
import { forkExecution } from '../../console/server/fork-execution.ts';
import { createSdkCall } from '../../console/server/sdk-call.ts';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type JsonObject, parsePayload } from '../../core/json.ts';
import { UserError } from '../../core/user-error.ts';
import { foldSteps } from '../../history/steps/fold-steps.ts';
import type { Step } from '../../history/steps/step.ts';
import { variablesBefore } from '../../history/steps/variables.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { followExecution } from '../follow-execution.ts';
import { readJsonArgument } from '../read-json-argument.ts';
import { readHistory } from './history.ts';

interface ForkOptions {
  readonly from: string;
  readonly input?: string;
  readonly variables?: string;
  readonly current?: true;
  readonly wait?: true;
}

/** `fork`: an execution that begins at a state of another one. */
export const addFork: AddCommand = (program, sessionOf) => {
  program
    .command('fork <execution>')
    .description(
      'start an execution at a state of another one, with its recorded input and variables unless others are given; it runs in a state machine of its own, "<name>-signalbox-fork"',
    )
    .requiredOption('--from <state>', 'the state at which it begins')
    .option('-i, --input <file>', 'JSON of the input: a file, - for stdin, or itself')
    .option('--variables <file>', 'JSON of the variables: a file, - for stdin, or itself')
    .option('--current', "today's definition, in place of the one that the execution ran")
    .option('--wait', 'show its events until it ends, and exit as its status says')
    .action(async (id: string, options: ForkOptions, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const source = await findExecution(session, id);
      const { steps } = foldSteps(await readHistory(client, source));
      const step = stepOf(steps, options.from);
      const { executionArn } = await forkExecution(createSdkCall(session.client), {
        executionArn: source,
        stateName: options.from,
        input: inputOf(step, options.input),
        variables: variablesOf(steps, step, options.variables),
        isCurrent: options.current === true,
        name: repeatName('fork', source.split(':').at(-1) ?? ''),
      });
      if (options.wait === true) {
        session.output.say(`Forked ${executionArn}`);
        session.exitCode = await followExecution(session, client, executionArn);
        return;
      }
      session.output.result({ executionArn, source, from: options.from }, () => [
        `Forked ${executionArn}`,
      ]);
    });
};

/** The last visit: what was tried last is tried again. */
function stepOf(steps: readonly Step[], name: string): Step {
  const step = steps.findLast((one) => one.name === name);
  if (step !== undefined) return step;
  const names = [...new Set(steps.map((one) => one.name))].join(', ');
  throw new UserError('not-found', `The execution was never in "${name}": it was in ${names}`);
}

function inputOf({ input = '{}' }: Step, file: string | undefined): string {
  return file === undefined ? input : jsonText(readJsonArgument(file));
}

function variablesOf(steps: readonly Step[], step: Step, file: string | undefined): JsonObject {
  if (file !== undefined) {
    const given = readJsonArgument(file);
    if (isJsonObject(given)) return given;
    throw new UserError('usage', `${file} holds no JSON object with a member for each variable`);
  }
  const before = Object.entries(variablesBefore(steps, step));
  return Object.fromEntries(before.map(([name, text]) => [name, parsePayload(text) ?? null]));
}
