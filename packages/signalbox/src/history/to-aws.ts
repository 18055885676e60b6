import type { HistoryEvent as AwsHistoryEvent } from '@aws-sdk/client-sfn';
import { jsonText } from '../core/exact-json/exact-number.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';
import type { HistoryEvent } from './history-event.ts';

/** The members that GetExecutionHistory leaves out on `includeExecutionData: false`. */
export interface ToAwsOptions {
  readonly includeExecutionData: boolean;
}

type Details = Omit<AwsHistoryEvent, 'timestamp' | 'type' | 'id' | 'previousEventId'>;
type DetailsMember = keyof Details;

/** Writes an event as GetExecutionHistory returns it. */
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

/** These have a type and a place, and no details. */
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

function detailsOf(event: HistoryEvent, { includeExecutionData }: ToAwsOptions): object {
  const details: Record<string, unknown> = {};
  for (const [name, value] of membersOf(event)) {
    const text = textOf(name, value);
    if (text === undefined) {
      details[name] = value;
      continue;
    }
    if (includeExecutionData) details[name] = text;
    if (name !== 'parameters') details[`${name}Details`] = { truncated: false };
  }
  return details;
}

/** Values in our facts that are JSON texts in AWS's; undefined for what stands as it is. */
function textOf(name: string, value: Json): string | Record<string, string> | undefined {
  switch (name) {
    case 'input':
    case 'output':
    case 'parameters':
      return jsonText(value);
    case 'assignedVariables':
      return isJsonObject(value) ? textOfEach(value) : undefined;
    default:
      return undefined;
  }
}

function membersOf(event: HistoryEvent): readonly (readonly [string, Json])[] {
  const members: readonly (readonly [string, Json | undefined])[] = Object.entries(event);
  return members.filter(
    (member): member is readonly [string, Json] => member[1] !== undefined && !PLACE.has(member[0]),
  );
}

function textOfEach(variables: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, jsonText(value)]),
  );
}
