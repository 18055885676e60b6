import type { HistoryEvent as AwsHistoryEvent } from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../json.ts';
import type { HistoryEvent } from './history-event.ts';

/** What GetExecutionHistory leaves out on `includeExecutionData: false`. */
export interface ToAwsOptions {
  readonly includeExecutionData: boolean;
}

type Details = Omit<AwsHistoryEvent, 'timestamp' | 'type' | 'id' | 'previousEventId'>;
type DetailsMember = keyof Details;

/** Writes an event as GetExecutionHistory answers it. */
export function toAws(
  event: HistoryEvent,
  options: ToAwsOptions = { includeExecutionData: true },
): AwsHistoryEvent {
  const { id, previousEventId, timestamp, type } = event;
  const member = detailsMember(type);
  return {
    timestamp: new Date(timestamp),
    type,
    id,
    previousEventId,
    ...(member === undefined ? {} : { [member]: detailsOf(event, options) }),
  };
}

/** These have a type and a place, and nothing to tell beyond. */
const WITHOUT_DETAILS: ReadonlySet<HistoryEvent['type']> = new Set([
  'LambdaFunctionStarted',
  'MapRunAborted',
  'MapRunSucceeded',
  'MapStateAborted',
  'MapStateFailed',
  'MapStateSucceeded',
  'ParallelStateAborted',
  'ParallelStateFailed',
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'TaskStateAborted',
  'WaitStateAborted',
]);

function detailsMember(type: HistoryEvent['type']): DetailsMember | undefined {
  if (WITHOUT_DETAILS.has(type)) return undefined;
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return MEMBERS.get(type);
}

const MEMBERS: ReadonlyMap<string, DetailsMember> = new Map(
  (
    [
      'activityFailedEventDetails',
      'activityScheduleFailedEventDetails',
      'activityScheduledEventDetails',
      'activityStartedEventDetails',
      'activitySucceededEventDetails',
      'activityTimedOutEventDetails',
      'evaluationFailedEventDetails',
      'executionAbortedEventDetails',
      'executionFailedEventDetails',
      'executionRedrivenEventDetails',
      'executionStartedEventDetails',
      'executionSucceededEventDetails',
      'executionTimedOutEventDetails',
      'lambdaFunctionFailedEventDetails',
      'lambdaFunctionScheduleFailedEventDetails',
      'lambdaFunctionScheduledEventDetails',
      'lambdaFunctionStartFailedEventDetails',
      'lambdaFunctionSucceededEventDetails',
      'lambdaFunctionTimedOutEventDetails',
      'mapIterationAbortedEventDetails',
      'mapIterationFailedEventDetails',
      'mapIterationStartedEventDetails',
      'mapIterationSucceededEventDetails',
      'mapRunFailedEventDetails',
      'mapRunRedrivenEventDetails',
      'mapRunStartedEventDetails',
      'mapStateStartedEventDetails',
      'taskFailedEventDetails',
      'taskScheduledEventDetails',
      'taskStartFailedEventDetails',
      'taskStartedEventDetails',
      'taskSubmitFailedEventDetails',
      'taskSubmittedEventDetails',
      'taskSucceededEventDetails',
      'taskTimedOutEventDetails',
    ] satisfies readonly DetailsMember[]
  ).map((member) => [typeOf(member), member]),
);

/** `taskFailedEventDetails` → `TaskFailed`. */
function typeOf(member: DetailsMember): string {
  const name = member.slice(0, -'EventDetails'.length);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const PLACE: ReadonlySet<string> = new Set(['type', 'id', 'previousEventId', 'timestamp']);

/** These hold values in our facts and JSON texts in AWS's, each beside a `…Details` member. */
const JSON_TEXTS: ReadonlySet<string> = new Set(['input', 'output']);

function detailsOf(event: HistoryEvent, options: ToAwsOptions): object {
  const details: Record<string, unknown> = {};
  for (const [name, value] of membersOf(event)) {
    const hidden = !options.includeExecutionData;
    if (JSON_TEXTS.has(name)) {
      if (!hidden) details[name] = JSON.stringify(value);
      details[`${name}Details`] = { truncated: false };
    } else if (name === 'parameters') {
      if (!hidden) details[name] = JSON.stringify(value);
    } else if (name === 'assignedVariables' && event.type.endsWith('StateExited')) {
      if (!hidden) details[name] = textOfEach(value);
      details['assignedVariablesDetails'] = { truncated: false };
    } else {
      details[name] = value;
    }
  }
  return details;
}

function membersOf(event: HistoryEvent): readonly (readonly [string, Json])[] {
  const members: readonly (readonly [string, Json | undefined])[] = Object.entries(event);
  return members.filter(
    (member): member is readonly [string, Json] => member[1] !== undefined && !PLACE.has(member[0]),
  );
}

function textOfEach(variables: Json): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables as JsonObject).map(([name, value]) => [name, JSON.stringify(value)]),
  );
}
