import { isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { recordedOn } from '../states/as-today.ts';
import type { Ran } from '../states/compare-run.ts';
import { plain } from '../states/match-tokens.ts';
import type { RecordedCase } from '../states/recorded-case.ts';

/** Words that the recorder wrote for what differs each time; the mocks of other runs have them too. */
export const MASKED = [
  'date',
  'RequestId',
  'request-id',
  'start-date',
  'start-time',
  'stop-date',
  'x-amz-crc32',
  'x-amzn-RequestId',
  'X-Amzn-Trace-Id',
].map((replacement) => ({ replacement }));

/** Writes a recording so that what happens today can be compared with it. */
export function comparableCase(recorded: RecordedCase): RecordedCase {
  const { expectedHistory, expectedOutput } = recorded;
  const isOld = recordedOn(recorded) < '2023-11-15';
  const today = (value: Json): Json => masked(isOld ? withRedrive(plain(value)) : plain(value));
  return {
    ...recorded,
    ...(expectedOutput !== undefined && { expectedOutput: today(expectedOutput) }),
    ...(expectedHistory && { expectedHistory: objectsOf(expectedHistory.map(today)) }),
  };
}

/** Writes what happened so that it can be compared. */
export function comparableRun(ran: Ran): Ran {
  const { output, events } = ran;
  return {
    ...ran,
    ...(output !== undefined && { output: masked(plain(output)) }),
    events: objectsOf(events.map((event) => masked(plain(event)))),
  };
}

function objectsOf(values: readonly Json[]): readonly JsonObject[] {
  return values.flatMap((value) => (isJsonObject(value) ? [value] : []));
}

/**
 * Leaves out the headers of responses that hold an ARN: the recorder hid the Region, which their length tells of,
 * and a moment whose milliseconds end in a zero is shorter.
 */
function masked(value: Json): Json {
  return everyObject(value, (object) =>
    'SdkHttpMetadata' in object && 'ExecutionArn' in object
      ? { ...object, SdkHttpMetadata: null }
      : object,
  );
}

/** Since November 2023 a nested execution says whether it can be redriven. */
function withRedrive(value: Json): Json {
  return everyObject(value, (object) =>
    'StopDate' in object && object['Status'] === 'SUCCEEDED'
      ? { ...object, ...NOT_REDRIVABLE }
      : object,
  );
}

const NOT_REDRIVABLE = {
  RedriveCount: 0,
  RedriveStatus: 'NOT_REDRIVABLE',
  RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
};

function everyObject(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((item: Json) => everyObject(item, change));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json] => [
    name,
    everyObject(member, change),
  ]);
  return change(Object.fromEntries(members));
}
