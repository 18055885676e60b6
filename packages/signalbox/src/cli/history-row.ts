import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { durationText } from '../core/duration-text.ts';

/** Titles of the history's columns, as in the console. */
export const HISTORY_HEADER = [
  'ID',
  'TYPE',
  'STEP',
  'RESOURCE',
  'STARTED AFTER',
  'DETAIL',
] as const;

/** The same, with a bar of when each step was. */
export const WITH_TIMELINE = [...HISTORY_HEADER.slice(0, -1), 'TIMELINE', 'DETAIL'] as const;

/** One event of a history, with the step that it belongs to. */
export interface HistoryRow {
  readonly event: HistoryEvent;
  readonly step: string;
  /** When the step was, drawn; undefined where nobody asks. */
  readonly bar?: string;
}

/** Finds each event's step: its own name, or that of the event which led to it. */
export function historyRows(events: readonly HistoryEvent[]): readonly HistoryRow[] {
  const steps = new Map<number, string>();
  return events.map((event) => {
    const step =
      event.stateEnteredEventDetails?.name ??
      event.stateExitedEventDetails?.name ??
      steps.get(event.previousEventId ?? 0) ??
      '';
    if (event.id !== undefined) steps.set(event.id, step);
    return { event, step: event.type?.startsWith('Execution') ? '' : step };
  });
}

/** Returns an event's cells for the table. */
export function cellsOf({ event, step, bar }: HistoryRow, startedMs: number): readonly string[] {
  const after = (event.timestamp?.getTime() ?? startedMs) - startedMs;
  return [
    String(event.id ?? ''),
    event.type ?? '',
    step,
    resourceOf(event),
    durationText(after),
    ...(bar === undefined ? [] : [bar]),
    detailOf(event),
  ];
}

/** True for an event that says that something failed. */
export function isFailure({ event }: HistoryRow): boolean {
  return /(Failed|TimedOut|Aborted)$/.test(event.type ?? '');
}

function detailsOf(event: HistoryEvent): object {
  const found = Object.entries(event).find(([key]) => key.endsWith('EventDetails'));
  const details: unknown = found?.[1];
  return typeof details === 'object' && details !== null ? details : {};
}

function resourceOf(event: HistoryEvent): string {
  const details = detailsOf(event);
  if ('resourceType' in details && 'resource' in details) {
    return `${String(details.resourceType)}:${String(details.resource)}`;
  }
  return 'resource' in details ? String(details.resource).split(':').slice(-1).join('') : '';
}

function detailOf(event: HistoryEvent): string {
  const details = detailsOf(event);
  if ('error' in details || 'cause' in details) {
    const error = 'error' in details ? String(details.error) : '';
    return 'cause' in details && details.cause !== undefined
      ? `${error}: ${String(details.cause)}`
      : error;
  }
  for (const key of ['input', 'output', 'parameters'] as const) {
    if (key in details) return String(Object.entries(details).find(([name]) => name === key)?.[1]);
  }
  return '';
}
