import { setTimeout as delay } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { allPages } from '../../core/all-pages.ts';
import type { AddCommand } from '../add-command.ts';
import type { Session } from '../session.ts';
import { physicalId, physicalIds } from '../stack.ts';
import { timeWindow } from '../time-window.ts';
import { countOption } from './count-option.ts';

const POLL_MS = 1000;
const HOUR_MS = 3_600_000;

/** `logs`: what the functions wrote. */
export const addLogs: AddCommand = (program, sessionOf) => {
  program
    .command('logs [function]')
    .description('show the log of a function, or of all functions')
    .option('-f, --follow', 'keep on showing what is written')
    .option(
      '--filter <pattern>',
      'CloudWatch Logs filter pattern, such as an order id in double quotes',
    )
    .option(
      '--since <minutes>',
      'how many minutes back: 60 on AWS, all of a rehearsal',
      countOption,
    )
    .action(async (name: string | undefined, options: LogsOptions, command) => {
      const session = sessionOf(command);
      const groups = await logGroups(session, name);
      await show(session, groups, options);
    });
};

interface LogsOptions {
  readonly follow?: boolean;
  readonly filter?: string;
  readonly since?: number;
}

async function show(
  session: Session,
  groups: readonly LogGroup[],
  { follow, filter, since }: LogsOptions,
): Promise<void> {
  const { output } = session;
  const client = new CloudWatchLogsClient(session.client);
  const seen = new Set<string | undefined>();
  let startTime = (await timeWindow(session, since && since * 60_000, HOUR_MS)).startMs;
  for (;;) {
    const events = await read(client, groups, startTime, filter);
    for (const event of events.filter(({ eventId }) => !seen.has(eventId))) {
      seen.add(event.eventId);
      startTime = Math.max(startTime, event.timestamp ?? 0);
      if (isOf(event, groups)) output.item(event, lineOf(event, groups));
    }
    if (!follow) return;
    await delay(POLL_MS);
  }
}

/** A log group of functions: several may share it, and then the stream's name says whose line it is. */
interface LogGroup {
  readonly name: string;
  /** The one function of those that share the group; undefined where all are wanted. */
  readonly functionName: string | undefined;
}

async function logGroups(session: Session, name: string | undefined): Promise<readonly LogGroup[]> {
  const client = new LambdaClient(session.client);
  const functions =
    name === undefined
      ? await physicalIds(session, 'AWS::Lambda::Function')
      : [await physicalId(session, 'AWS::Lambda::Function', name)];
  const groups = new Map<string, LogGroup>();
  for (const FunctionName of functions) {
    const { LoggingConfig } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    const group = LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`;
    const isShared = group !== `/aws/lambda/${FunctionName}`;
    groups.set(group, {
      name: group,
      functionName: name !== undefined && isShared ? FunctionName : undefined,
    });
  }
  return [...groups.values()];
}

async function read(
  client: CloudWatchLogsClient,
  groups: readonly LogGroup[],
  startTime: number,
  filterPattern: string | undefined,
): Promise<readonly FilteredLogEvent[]> {
  const events: FilteredLogEvent[] = [];
  for (const { name } of groups) {
    const about = { logGroupName: name, startTime, filterPattern };
    const found = await allPages(
      (nextToken) => client.send(new FilterLogEventsCommand({ ...about, nextToken })),
      (page) => ({ items: page.events, next: page.nextToken }),
    );
    events.push(...found);
  }
  return events.sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
}

function isOf(event: FilteredLogEvent, groups: readonly LogGroup[]): boolean {
  const owner = ownerOf(event);
  return groups.some(({ functionName }) => functionName === undefined || functionName === owner);
}

/** The function that a stream of a shared group names: `2026/01/31/NAME[$LATEST]…`. */
function ownerOf({ logStreamName = '' }: FilteredLogEvent): string | undefined {
  return /^\d+\/\d+\/\d+\/([^[]+)\[/.exec(logStreamName)?.[1];
}

function lineOf(event: FilteredLogEvent, groups: readonly LogGroup[]): string {
  const { timestamp = 0, message = '' } = event;
  // Lines of a single function do not repeat its name.
  const isOne = groups.some(({ functionName }) => functionName !== undefined);
  const owner = isOne ? undefined : ownerOf(event);
  return [new Date(timestamp).toISOString(), owner, message.trimEnd()].filter(Boolean).join(' ');
}
