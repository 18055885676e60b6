import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { database, type Item, type ItemChange } from '../dynalite.ts';
import { keyIn } from '../engine.ts';
import type { StreamView, TableStream } from './table-stream.ts';

/** A record of a stream, in DynamoDB's JSON (DynamoDB API Reference, Record). */
export interface StreamRecord extends JsonObject {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: StreamedChange;
}

/** What a record says of the item. */
interface StreamedChange extends JsonObject {
  /** Unix seconds. */
  readonly ApproximateCreationDateTime: number;
  readonly SequenceNumber: string;
}

/** What a record is made of. */
export interface RecordParts {
  readonly stream: TableStream;
  readonly change: ItemChange;
  readonly sequenceNumber: string;
  readonly timeMs: number;
  readonly region: string;
  /** Whether DynamoDB itself deletes the item, because its time has come. */
  readonly isExpiry: boolean;
}

/** Writes the record of a change. */
export function toStreamRecord(parts: RecordParts): StreamRecord {
  const { stream, change, sequenceNumber, region, isExpiry } = parts;
  return {
    eventID: createHash('md5').update(`${stream.arn} ${sequenceNumber}`).digest('hex'),
    eventName: eventNameOf(change),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: streamedChange(parts),
    ...(isExpiry && {
      userIdentity: { principalId: 'dynamodb.amazonaws.com', type: 'Service' },
    }),
  };
}

/** Whether a write left the item as it was: of such a one there is no record. */
export function changesNothing({ before, after }: ItemChange): boolean {
  if (before === undefined || after === undefined) return before === after;
  return meaning(plainItem(before)) === meaning(plainItem(after));
}

function eventNameOf({ before, after }: ItemChange): StreamRecord['eventName'] {
  if (before === undefined) return 'INSERT';
  return after === undefined ? 'REMOVE' : 'MODIFY';
}

function streamedChange({ stream, change, sequenceNumber, timeMs }: RecordParts): StreamedChange {
  const { table, before, after } = change;
  const keys = keyIn(table, after ?? before ?? {});
  const images = Object.entries(imagesOf(stream.view, change)).filter(([, item]) => item);
  const sizes = [keys, ...images.map(([, item]) => item ?? {})].map((item) =>
    database.itemSize(item),
  );
  return {
    ApproximateCreationDateTime: Math.floor(timeMs / 1000),
    Keys: plainItem(keys),
    ...Object.fromEntries(images.map(([name, item]) => [name, plainItem(item ?? {})])),
    SequenceNumber: sequenceNumber,
    SizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    StreamViewType: stream.view,
  };
}

function imagesOf(
  view: StreamView,
  { before, after }: ItemChange,
): Readonly<Record<string, Item | undefined>> {
  const NewImage = view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? after : undefined;
  const OldImage = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? before : undefined;
  return { NewImage, OldImage };
}

/** An item as JSON of its own, which nobody changes later. */
export function plainItem(item: Item): JsonObject {
  const value: Json = JSON.parse(JSON.stringify(item));
  return isJsonObject(value) ? value : {};
}

const SETS = new Set(['SS', 'NS', 'BS']);

/** A text that two items share when they hold the same: maps and sets have no order. */
function meaning(value: Json, name = ''): string {
  if (Array.isArray(value)) {
    const members = value.map((member) => meaning(member));
    return `[${(SETS.has(name) ? members.sort() : members).join(',')}]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${meaning(member, key)}`,
  );
  return `{${members.sort().join(',')}}`;
}
