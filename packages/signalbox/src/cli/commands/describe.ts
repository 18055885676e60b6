import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { durationText } from '../table.ts';

/** `describe`: one execution. */
export const addDescribe: AddCommand = (program, sessionOf) => {
  program
    .command('describe <execution>')
    .description(
      'show an execution: its status, input and output (ARN, name, beginning of a name, @last, @last-failed)',
    )
    .action(async (id: string, _options, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const executionArn = await findExecution(client, id);
      const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
      const { $metadata, ...data } = execution;
      session.output.answer(data, () => lines(execution));
    });
};

function lines(execution: DescribeExecutionOutput): readonly string[] {
  const { startDate, stopDate } = execution;
  const duration =
    startDate && stopDate ? durationText(stopDate.getTime() - startDate.getTime()) : undefined;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Execution', execution.executionArn],
    ['State machine', execution.stateMachineArn],
    ['Status', execution.status],
    ['Started', startDate?.toISOString()],
    ['Stopped', stopDate?.toISOString()],
    ['Duration', duration],
    ['Input', pretty(execution.input)],
    ['Output', pretty(execution.output)],
    ['Error', execution.error],
    ['Cause', execution.cause],
  ];
  return fields.flatMap(([name, value]) =>
    value === undefined ? [] : [`${`${name}:`.padEnd(15)}${value}`],
  );
}

function pretty(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(JSON.parse(text), null, 2);
}
