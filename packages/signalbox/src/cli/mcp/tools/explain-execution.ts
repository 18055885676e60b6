import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { ClientOptions } from '../../../core/client-options.ts';
import { isJsonObject, parseJson } from '../../../core/json.ts';
import { findExecution } from '../../find-execution.ts';
import { type HistoryRow, historyRows, isFailure } from '../../history-row.ts';
import type { Tool } from '../tool.ts';
import { summary } from './start-execution.ts';

const LOG_LINES = 40;

/** Says where an execution failed, and why. */
export const explainExecution: Tool = {
  name: 'explain_execution',
  description:
    'Explain how an execution went: the path of its states; of a failure the state, its input, the error and cause, how often it was tried, and the log of the function that failed.',
  arguments: {
    execution: {
      type: 'string',
      description:
        'ARN, name, beginning of the name, @last or @last-failed; @last-failed unless given',
    },
  },
  isReadOnly: true,
  async run(session, given) {
    const { client } = session;
    const states = new SFNClient(client);
    const executionArn = await findExecution(session, given.text('execution') ?? '@last-failed');
    const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
    const rows = historyRows(await historyOf(states, executionArn));
    const entered = rows.flatMap(({ event }) => event.stateEnteredEventDetails?.name ?? []);
    const failure = rows.findLast((row) => isFailure(row) && row.step !== '');
    return {
      ...summary(execution),
      path: entered,
      ...(failure === undefined ? {} : { failure: await failureOf(failure, rows, client) }),
    };
  },
};

async function historyOf(
  client: SFNClient,
  executionArn: string,
): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn })) {
    events.push(...(page.events ?? []));
  }
  return events;
}

async function failureOf(
  { event, step }: HistoryRow,
  rows: readonly HistoryRow[],
  client: ClientOptions,
): Promise<object> {
  const own = rows.filter((row) => row.step === step);
  const entered = own.findLast(({ event: { stateEnteredEventDetails: found } }) => found);
  const scheduled = own.filter(({ event: { type } }) =>
    /TaskScheduled|FunctionScheduled/.test(type ?? ''),
  );
  const functionName = functionIn(scheduled.at(-1)?.event);
  const details =
    event.taskFailedEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.evaluationFailedEventDetails;
  const input = entered?.event.stateEnteredEventDetails?.input;
  return {
    state: step,
    event: event.type,
    error: details?.error,
    cause: details?.cause,
    attempts: scheduled.length,
    input: input === undefined ? undefined : parseJson(input),
    ...(functionName === undefined
      ? {}
      : {
          function: functionName,
          log: await logOf(functionName, scheduled.at(-1)?.event, client),
        }),
  };
}

/** The function that a task calls; undefined where it calls something else. */
function functionIn(event: HistoryEvent | undefined): string | undefined {
  const { resource } = event?.lambdaFunctionScheduledEventDetails ?? {};
  if (resource !== undefined) return resource;
  const { resourceType, parameters } = event?.taskScheduledEventDetails ?? {};
  const given = resourceType === 'lambda' ? parseJson(parameters ?? '') : undefined;
  const name = isJsonObject(given) ? given['FunctionName'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The last log lines of a function since it was called; none where there is no such log. */
async function logOf(
  functionName: string,
  scheduled: HistoryEvent | undefined,
  client: ClientOptions,
): Promise<readonly string[]> {
  try {
    const configuration = await new LambdaClient(client).send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    const { events = [] } = await new CloudWatchLogsClient(client).send(
      new FilterLogEventsCommand({
        logGroupName: configuration.LoggingConfig?.LogGroup,
        startTime: scheduled?.timestamp?.getTime(),
      }),
    );
    return events.map(({ message = '' }) => message.trimEnd()).slice(-LOG_LINES);
  } catch {
    return []; // a function that is gone, or that never ran, has no log
  }
}
