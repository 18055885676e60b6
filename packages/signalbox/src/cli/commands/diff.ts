import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { durationText } from '../../core/duration-text.ts';
import { foldSteps } from '../../history/steps/fold-steps.ts';
import { pairSteps } from '../../history/steps/pair-steps.ts';
import type { Step } from '../../history/steps/step.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { type JsonChange, jsonChanges } from '../json-changes.ts';
import { tableOf } from '../print/table.ts';
import type { Session } from '../session.ts';
import { readHistory } from './history.ts';

/** `diff`: two executions side by side. */
export const addDiff: AddCommand = (program, sessionOf) => {
  program
    .command('diff <execution> <other-execution>')
    .description(
      'compare two executions: their path, times, input and output; exits 1 where they differ in one of these but the times',
    )
    .action(async (first: string, second: string, _options: object, command) => {
      const session = sessionOf(command);
      const [a, b] = await Promise.all([readSide(session, first), readSide(session, second)]);
      const pairs = pairSteps(a.steps, b.steps);
      const input = jsonChanges(a.described.input, b.described.input);
      const output = jsonChanges(a.described.output, b.described.output);
      const steps = pairs.map(({ name, a: one, b: other }) => ({
        name,
        a: one && { status: one.status, durationMs: durationOf(one) },
        b: other && { status: other.status, durationMs: durationOf(other) },
      }));
      const status = { a: a.described.status, b: b.described.status };
      session.output.result({ a: a.arn, b: b.arn, status, input, output, steps }, () => [
        `a: ${a.arn}  ${status.a}`,
        `b: ${b.arn}  ${status.b}`,
        ...section('Input', changeLines(input)),
        ...section('Output', changeLines(output)),
        ...section(
          'Steps',
          tableOf(
            ['', 'STEP', 'A', 'B'],
            pairs.map(({ name, a: one, b: other }) => [
              one?.status === other?.status ? ' ' : '≠',
              ...[name, sideText(one), sideText(other)],
            ]),
            session.output.layout,
          ),
        ),
      ]);
      const isSame =
        status.a === status.b &&
        input.length + output.length === 0 &&
        pairs.every(({ a: one, b: other }) => one?.status === other?.status);
      session.exitCode = isSame ? 0 : 1;
    });
};

interface Side {
  readonly arn: string;
  readonly described: Partial<DescribeExecutionOutput>;
  readonly steps: readonly Step[];
}

async function readSide(session: Session, id: string): Promise<Side> {
  const client = new SFNClient(session.client);
  const arn = await findExecution(session, id);
  const [described, events] = await Promise.all([
    client.send(new DescribeExecutionCommand({ executionArn: arn })),
    readHistory(client, arn),
  ]);
  return { arn, described, steps: foldSteps(events).steps };
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', title, ...(lines.length === 0 ? ['  the same'] : lines.map((line) => `  ${line}`))];
}

function changeLines(changes: readonly JsonChange[]): readonly string[] {
  return changes.flatMap(({ path, before, after }) => [
    ...(before === undefined ? [] : [`- ${path}: ${JSON.stringify(before)}`]),
    ...(after === undefined ? [] : [`+ ${path}: ${JSON.stringify(after)}`]),
  ]);
}

function durationOf({ enteredMs, exitedMs }: Step): number | undefined {
  return exitedMs === undefined ? undefined : exitedMs - enteredMs;
}

function sideText(step: Step | undefined): string {
  if (step === undefined) return '–';
  const durationMs = durationOf(step);
  return durationMs === undefined ? step.status : `${step.status} ${durationText(durationMs)}`;
}
