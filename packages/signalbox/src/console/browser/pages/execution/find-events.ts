import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { detailsOf } from '../../../../history/steps/event-facts.ts';

/** Which events of an execution are looked for, and in which order. */
export interface EventQuery {
  /** `/…/` is a regular expression, anything else a text that must stand in the event. */
  readonly text: string;
  readonly onlyFailed: boolean;
  readonly isReversed: boolean;
}

/**
 * Finds events by their type, their step and the values of their details.
 *
 * @param stepOf The name of the step that an event belongs to.
 */
export function findEvents(
  events: readonly HistoryEvent[],
  { text, onlyFailed, isReversed }: EventQuery,
  stepOf: (event: HistoryEvent) => string,
): readonly HistoryEvent[] {
  const expression = expressionOf(text);
  const found = events.filter(
    (event) =>
      (!onlyFailed || isFailure(event)) &&
      (expression === undefined || expression.test(textOf(event, stepOf(event)))),
  );
  return isReversed ? found.reverse() : found;
}

/** Tells whether an event says that something failed, timed out or was aborted. */
export function isFailure({ type }: HistoryEvent): boolean {
  return /(Failed|TimedOut|Aborted)$/.test(String(type));
}

/** One expression for both kinds of texts; undefined finds all, as an expression does that is not written to its end. */
function expressionOf(text: string): RegExp | undefined {
  if (text === '') return undefined;
  const pattern = /^\/(.+)\/$/.exec(text)?.[1];
  if (pattern === undefined) return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

function textOf(event: HistoryEvent, step: string): string {
  return `${event.type} ${step} ${valuesIn(detailsOf(event))}`;
}

function valuesIn(details: object): string {
  let all = '';
  for (const value of Object.values(details)) {
    all += typeof value === 'object' && value !== null ? valuesIn(value) : ` ${value}`;
  }
  return all;
}
