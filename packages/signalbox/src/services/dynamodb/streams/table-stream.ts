import type { AccountRegion } from '../../../core/account-region.ts';

/** What a stream's records show of an item (DynamoDB API Reference, StreamSpecification). */
export const STREAM_VIEWS = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;

export type StreamView = (typeof STREAM_VIEWS)[number];

/** A stream of a table; one that is switched off can be read for a day. */
export interface TableStream {
  readonly arn: string;
  readonly tableName: string;
  /** The instant at which it was switched on, which tells streams of one table apart. */
  readonly label: string;
  readonly view: StreamView;
  readonly keySchema: readonly KeyElement[];
  readonly createdMs: number;
  /** Undefined while it is on. */
  readonly disabledMs: number | undefined;
}

/** An element of a key, as a table's description has it. */
export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

/** Writes the ARN of a stream. */
export function streamArn(
  { region, accountId }: AccountRegion,
  tableName: string,
  label: string,
): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${tableName}/stream/${label}`;
}

/** Writes an instant as the label of a stream. */
export function streamLabel(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, -1);
}

/** The id of a stream's one shard. */
export function shardIdOf({ createdMs }: TableStream): string {
  return `shardId-${String(createdMs).padStart(20, '0')}-00000001`;
}

/** Finds a view by its name. */
export function streamViewOf(name: unknown): StreamView | undefined {
  return STREAM_VIEWS.find((view) => view === name);
}
