import type { AccountRegion } from '../core/account-region.ts';
import { AwsError } from '../core/aws-error.ts';
import { isJsonObject, type JsonObject, parsePayload } from '../core/json.ts';
import { isBusArn, isHere } from './target-place.ts';

/** An entry of PutEvents, in EventBridge's own words. */
export interface PutEventsEntry {
  readonly Time?: Date | undefined;
  readonly Source?: string | undefined;
  readonly Resources?: readonly string[] | undefined;
  readonly DetailType?: string | undefined;
  readonly Detail?: string | undefined;
  /** Name or ARN. */
  readonly EventBusName?: string | undefined;
  readonly TraceHeader?: string | undefined;
}

/** The result of an entry. */
export type PutEventsResultEntry =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** An entry with all that an event needs. */
export interface AcceptedEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date | undefined;
  readonly eventBusName: string;
  readonly traceHeader: string | undefined;
}

const MAX_ENTRIES = 10;
/** 256 KB until January 2026. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/**
 * Refuses a request that EventBridge refuses as a whole.
 * @throws {AwsError} ValidationException
 */
export function requireRequest(entries: readonly PutEventsEntry[]): void {
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    const bound = entries.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 10';
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '[${entries.map(entryText).join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes > MAX_REQUEST_BYTES) {
    throw new AwsError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
}

/** Checks one entry in the order in which EventBridge does; a refused entry doesn't stop the others. */
export function checkEntry(
  entry: PutEventsEntry,
  here: AccountRegion,
): AcceptedEntry | { readonly ErrorCode: string; readonly ErrorMessage: string } {
  const { Source, DetailType, Detail } = entry;
  if (!Source) return missing('Source');
  if (!DetailType) return missing('DetailType');
  if (!Detail) return missing('Detail');
  if (Source.startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  const detail = parseObject(Detail);
  if (detail === undefined) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return {
    source: Source,
    detailType: DetailType,
    detail,
    resources: entry.Resources ?? [],
    time: entry.Time,
    eventBusName: ownBusName(entry.EventBusName, here),
    traceHeader: entry.TraceHeader,
  };
}

/** The name in a name or ARN of a bus; without either, the default bus. */
export function eventBusNameOf(nameOrArn: string | undefined): string {
  if (nameOrArn === undefined || nameOrArn === '') return 'default';
  return nameOrArn.replace(/^arn:[^:]*:events:[^:]*:[^:]*:event-bus\//, '');
}

/** A bus of another Region or account is none here, and keeps its ARN. */
function ownBusName(nameOrArn: string | undefined, here: AccountRegion): string {
  const isElsewhere = nameOrArn !== undefined && isBusArn(nameOrArn) && !isHere(nameOrArn, here);
  return isElsewhere ? nameOrArn : eventBusNameOf(nameOrArn);
}

function missing(name: string): { readonly ErrorCode: string; readonly ErrorMessage: string } {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  };
}

function parseObject(text: string): JsonObject | undefined {
  const value = parsePayload(text);
  return isJsonObject(value) ? value : undefined;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function entryBytes({ Time, Source, DetailType, Detail, Resources }: PutEventsEntry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])];
  const encoder = new TextEncoder();
  return texts.reduce(
    (sum, text) => sum + (text === undefined ? 0 : encoder.encode(text).length),
    Time === undefined ? 0 : 14,
  );
}

function entryText(entry: PutEventsEntry): string {
  const { Time, Source, Resources, DetailType, Detail, EventBusName, TraceHeader } = entry;
  const members = [
    `time=${Time?.toISOString() ?? 'null'}`,
    `source=${Source ?? 'null'}`,
    `resources=${Resources === undefined ? 'null' : `[${Resources.join(', ')}]`}`,
    `detailType=${DetailType ?? 'null'}`,
    `detail=${Detail ?? 'null'}`,
    `eventBusName=${EventBusName ?? 'null'}`,
    `traceHeader=${TraceHeader ?? 'null'}`,
    'kmsKeyIdentifier=null',
    'internalMetadata=null',
  ];
  return `PutEventsRequestEntry(${members.join(', ')})`;
}
