import { type HistoryEvent, paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { UserError } from '../../core/user-error.ts';
import { foldSteps } from '../../history/steps/fold-steps.ts';
import { timelineBar } from '../../history/steps/timeline-bar.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import {
  cellsOf,
  HISTORY_HEADER,
  type HistoryRow,
  historyRows,
  isFailure,
  WITH_TIMELINE,
} from '../history-row.ts';
import type { Layout } from '../print/output.ts';
import { tableOf } from '../print/table.ts';
import { countOption } from './count-option.ts';

/** `history`: the events of one execution. */
export const addHistory: AddCommand = (program, sessionOf) => {
  program
    .command('history <execution>')
    .description('show the events of an execution')
    .option('--failed', 'only events that say that something failed, timed out or was aborted')
    .option('--type <type>', 'only events of this type')
    .option('--state <state>', 'only events of this state')
    .option('--grep <pattern>', 'only events whose details match a regular expression')
    .option('--reverse', 'newest first')
    .option('--limit <count>', 'at most this many', countOption)
    .option('--timeline', 'with a bar of when each step was: █ ran, ▒ failed, · paused, ░ waited')
    .option('--wide', 'do not cut lines to the width of the terminal')
    .action(async (id: string, options: HistoryOptions, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const all = await readHistory(client, await findExecution(session, id));
      const rows = select(historyRows(all), options);
      const { layout } = session.output;
      session.output.result({ events: rows.map(({ event }) => event) }, () =>
        lines(
          all,
          options.timeline === true ? withTimeline(rows, all) : rows,
          options.wide ? { ...layout, width: Number.POSITIVE_INFINITY } : layout,
        ),
      );
    });
};

interface HistoryOptions {
  readonly failed?: boolean;
  readonly type?: string;
  readonly state?: string;
  readonly grep?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
  readonly timeline?: true;
  readonly wide?: boolean;
}

/** Reads the whole history of an execution, page by page; without data, inputs and outputs are left out. */
export async function readHistory(
  client: SFNClient,
  executionArn: string,
  includeExecutionData = true,
): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  const input = { executionArn, includeExecutionData, maxResults: 1000 };
  for await (const page of paginateGetExecutionHistory({ client }, input)) {
    events.push(...(page.events ?? []));
  }
  return events;
}

function select(rows: readonly HistoryRow[], options: HistoryOptions): readonly HistoryRow[] {
  const pattern = options.grep === undefined ? undefined : patternOf(options.grep);
  const found = rows
    .filter((row) => !options.failed || isFailure(row))
    .filter(({ event }) => options.type === undefined || event.type === options.type)
    .filter(({ step }) => options.state === undefined || step === options.state)
    .filter(({ event }) => pattern === undefined || pattern.test(JSON.stringify(event)));
  const ordered = options.reverse ? [...found].reverse() : found;
  return options.limit === undefined ? ordered : ordered.slice(0, options.limit);
}

const BAR_WIDTH = 24;

/** Draws the time of each step beside the event that enters it. */
function withTimeline(
  rows: readonly HistoryRow[],
  all: readonly HistoryEvent[],
): readonly HistoryRow[] {
  const fold = foldSteps(all);
  const span = {
    fromMs: all[0]?.timestamp?.getTime() ?? 0,
    toMs: all.at(-1)?.timestamp?.getTime() ?? 0,
  };
  return rows.map((row) => {
    const step = fold.stepWithId(row.event.id ?? 0);
    return { ...row, bar: step === undefined ? '' : timelineBar(step, span, BAR_WIDTH) };
  });
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new UserError('usage', `Cannot read the pattern "${text}": ${String(error)}`);
  }
}

function lines(
  all: readonly HistoryEvent[],
  rows: readonly HistoryRow[],
  layout: Layout,
): readonly string[] {
  const startedMs = all[0]?.timestamp?.getTime() ?? 0;
  const last = all.at(-1);
  const ending =
    last?.executionFailedEventDetails ??
    last?.executionAbortedEventDetails ??
    last?.executionTimedOutEventDetails;
  const why =
    ending === undefined
      ? []
      : ['', layout.colour.bad(`${ending.error ?? last?.type ?? ''}: ${ending.cause ?? ''}`)];
  return [
    ...tableOf(
      rows.some(({ bar }) => bar !== undefined) ? WITH_TIMELINE : HISTORY_HEADER,
      rows.map((row) => cellsOf(row, startedMs)),
      { ...layout, whole: ['ID', 'STARTED AFTER', 'TIMELINE'] },
    ),
    ...why,
  ];
}
