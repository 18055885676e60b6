import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** An event of GetExecutionHistory with its details beside its place, whatever member they came in. */
export interface EventFacts {
  readonly id: number;
  readonly previousId: number;
  /** Such as `TaskStateEntered`. */
  readonly type: string;
  /** Unix milliseconds. */
  readonly atMs: number;
  /** The state, or the Map state of an iteration. */
  readonly name?: string | undefined;
  readonly index?: number | undefined;
  /** JSON text, as in `parameters` of a task. */
  readonly input?: string | undefined;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** Such as `lambda:invoke`, or the name of a function or an activity. */
  readonly resource?: string | undefined;
  /** JSON texts by the variable's name. */
  readonly assigned?: Readonly<Record<string, string>> | undefined;
  /** The number of items of a Map. */
  readonly length?: number | undefined;
  readonly mapRunArn?: string | undefined;
}

/**
 * Reads an event.
 *
 * @param event As GetExecutionHistory returns it; its times may be ISO texts, as JSON has them.
 * @example factsOf(events[0]).type // 'ExecutionStarted'
 */
export function factsOf(event: HistoryEvent): EventFacts {
  const details = detailsOf(event);
  const { id = 0, previousEventId = 0, type = '', timestamp } = event;
  return {
    id,
    previousId: previousEventId,
    type,
    atMs: timestamp === undefined ? 0 : new Date(timestamp).getTime(),
    name: text(details, 'name') ?? text(details, 'state'),
    index: count(details, 'index'),
    input: text(details, 'input') ?? text(details, 'parameters'),
    output: text(details, 'output'),
    error: text(details, 'error'),
    cause: text(details, 'cause'),
    resource: resourceOf(details),
    assigned: event.stateExitedEventDetails?.assignedVariables,
    length: count(details, 'length'),
    mapRunArn: text(details, 'mapRunArn'),
  };
}

/** Returns the one member of an event that holds its details; an empty object where it has none. */
export function detailsOf(event: HistoryEvent): object {
  // Not by Object.entries: histories are long, and this is asked for each event.
  let details: unknown;
  for (const member in event) {
    if (member.endsWith('EventDetails')) details = Reflect.get(event, member);
  }
  return typeof details === 'object' && details !== null ? details : {};
}

/** Writes what a task calls: `lambda:invoke`, or the last part of an ARN; undefined for other events. */
export function resourceOf(details: object): string | undefined {
  const type = text(details, 'resourceType');
  const resource = text(details, 'resource');
  if (resource === undefined) return undefined;
  return type === undefined ? resource.split(':').at(-1) : `${type}:${resource}`;
}

function text(details: object, member: string): string | undefined {
  const value: unknown = Reflect.get(details, member);
  return typeof value === 'string' ? value : undefined;
}

function count(details: object, member: string): number | undefined {
  const value: unknown = Reflect.get(details, member);
  return typeof value === 'number' ? value : undefined;
}
