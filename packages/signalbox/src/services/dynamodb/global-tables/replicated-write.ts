import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Note } from '../kept-level.ts';

/** A write of an item that another Region has yet to hear of. */
export interface ReplicatedWrite {
  /** When it was written, among all writes: the greater text is the later write. */
  readonly version: string;
  /** The Region that has to hear of it. */
  readonly target: string;
  readonly tableName: string;
  /** The item's key, as a text of its own. */
  readonly keyText: string;
  readonly key: JsonObject;
  /** The item as it was written; undefined where it was deleted. */
  readonly item: JsonObject | undefined;
  /** Unix milliseconds. */
  readonly writtenMs: number;
}

const WRITE = 'replica/write/';
const VERSION = 'replica/version/';

/** The note that keeps a write until its target has it. */
export function writeNote(write: ReplicatedWrite): Note {
  const { item, ...rest } = write;
  return { key: writeKey(write), value: { ...rest, item: item ?? null } };
}

/** The key of that note. */
export function writeKey({ version, target, tableName }: ReplicatedWrite): string {
  return `${WRITE}${version} ${target} ${tableName}`;
}

/** The note of when an item was last written. */
export function versionNote(tableName: string, keyText: string, version: string): Note {
  return { key: versionKey(tableName, keyText), value: { tableName, keyText, version } };
}

/** The key of that note. */
export function versionKey(tableName: string, keyText: string): string {
  return `${VERSION}${tableName} ${keyText}`;
}

/** Reads a note of a write; undefined where it is of something else. */
export function readWrite({ key: noteKey, value }: Note): ReplicatedWrite | undefined {
  if (!noteKey.startsWith(WRITE)) return undefined;
  const { target, tableName, key, item, writtenMs, keyText, version } = value;
  if (!isJsonObject(key) || typeof writtenMs !== 'number') return undefined;
  const texts = { target, tableName, keyText, version };
  if (!areTexts(texts)) return undefined;
  return { ...texts, key, item: isJsonObject(item) ? item : undefined, writtenMs };
}

/** When an item was last written. */
export interface ItemVersion {
  readonly tableName: string;
  readonly keyText: string;
  readonly version: string;
}

/** Reads a note of an item's version; undefined where it is of something else. */
export function readVersion({ key, value }: Note): ItemVersion | undefined {
  if (!key.startsWith(VERSION)) return undefined;
  const { tableName, keyText, version } = value;
  const texts = { tableName, keyText, version };
  return areTexts(texts) ? texts : undefined;
}

function areTexts<Name extends string>(
  texts: Readonly<Record<Name, Json | undefined>>,
): texts is Readonly<Record<Name, string>> {
  return Object.values(texts).every((text) => typeof text === 'string');
}
