import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { durationText } from '../../core/duration-text.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import type { Colour } from '../print/colour.ts';
import { paintStatus } from '../print/paint-status.ts';

/** `describe`: one execution. */
export const addDescribe: AddCommand = (program, sessionOf) => {
  program
    .command('describe <execution>')
    .description(
      'show the status, input and output of an execution (its ARN, its name, the beginning of its name, @last or @last-failed)',
    )
    .action(async (id: string, _options, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const executionArn = await findExecution(session, id);
      const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
      const { $metadata, ...data } = execution;
      session.output.result(data, () => lines(execution, session.output.layout.colour));
    });
};

function lines(execution: DescribeExecutionOutput, colour: Colour): readonly string[] {
  const { startDate, stopDate } = execution;
  const duration =
    startDate && stopDate ? durationText(stopDate.getTime() - startDate.getTime()) : undefined;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Execution', execution.executionArn],
    ['State machine', execution.stateMachineArn],
    ['Status', execution.status && paintStatus(execution.status, colour)],
    ['Started', startDate?.toISOString()],
    ['Stopped', stopDate?.toISOString()],
    ['Duration', duration],
    ['Input', pretty(execution.input)],
    ['Output', pretty(execution.output)],
    ['Error', execution.error && colour.bad(execution.error)],
    ['Cause', execution.cause],
  ];
  return fields.flatMap(([name, value]) =>
    value === undefined ? [] : [`${`${name}:`.padEnd(15)}${value}`],
  );
}

function pretty(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(JSON.parse(text), null, 2);
}
