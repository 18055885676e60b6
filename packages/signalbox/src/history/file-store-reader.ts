import fs from 'node:fs';
import { isJsonObject, type Json, type JsonObject, parsePayload } from '../core/json.ts';
import type { Problem } from '../core/result.ts';
import { cutHalfLine } from '../store/cut-half-line.ts';
import type { HistoryEvent } from './history-event.ts';
import type { ExecutionHeader } from './store.ts';

/** The header as the first line of a file has it: many executions share one definition. */
export type StoredHeader = Omit<ExecutionHeader, 'definition'> & {
  readonly definitionSha256: string;
};

/** The lines of an execution's file. */
export interface HistoryFileContent {
  /** Undefined when a line could not be read: the file is then left out. */
  readonly header: StoredHeader | undefined;
  readonly events: readonly HistoryEvent[];
  /** The offset in bytes of each event's line, and at last of the next one. */
  readonly offsets: number[];
  readonly problems: readonly Problem[];
}

/** The advice that goes with a file that is left out. */
export const MEND_OR_REMOVE =
  'put a copy of the file in its place, or remove it, and the execution with it';

/** Reads a file and cuts off a last line that was half-written; nothing of such a line is used. */
export function readHistoryFile(file: string): HistoryFileContent {
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  const dropped = cutHalfLine(file, bytes, end);
  const problems: Problem[] = dropped === undefined ? [] : [dropped];
  const events: HistoryEvent[] = [];
  const offsets: number[] = [];
  let header: StoredHeader | undefined;
  for (let offset = 0; offset < end; ) {
    const next = bytes.indexOf(10, offset) + 1;
    const line = bytes.toString('utf8', offset, next);
    const event = header && readEvent(line, events.length + 1);
    header ??= readHeader(line);
    if (header === undefined || (offset > 0 && event === undefined)) {
      const what = offsets.length === 0 ? 'an execution' : `event ${offsets.length}`;
      const message = `Left out an execution: this line is not ${what}: ${MEND_OR_REMOVE}`;
      problems.push({ file, line: offsets.length + 1, message });
      return { header: undefined, events: [], offsets: [], problems };
    }
    if (event !== undefined) events.push(event);
    offsets.push(next);
    offset = next;
  }
  if (header === undefined) {
    const message = `Left out an execution: the file has no header: ${MEND_OR_REMOVE}`;
    problems.push({ file, message });
  }
  return { header, events, offsets, problems };
}

const TEXTS = ['executionArn', 'name', 'stateMachineArn', 'stateMachineName', 'type', 'roleArn'];

function readHeader(line: string): StoredHeader | undefined {
  return parseObject<StoredHeader>(
    line,
    (value) =>
      [...TEXTS, 'input', 'definitionSha256'].every((name) => typeof value[name] === 'string') &&
      isDate(value['startDate']),
  );
}

function readEvent(line: string, id: number): HistoryEvent | undefined {
  return parseObject<HistoryEvent>(
    line,
    (value) =>
      value['id'] === id && typeof value['type'] === 'string' && isDate(value['timestamp']),
  );
}

/** Reads an object that this store has written, whose form is known by the check of its members. */
function parseObject<T>(line: string, isRight: (value: JsonObject) => boolean): T | undefined {
  const value: Json | undefined = parsePayload(line);
  const isOfStore = (read: unknown): read is T =>
    isJsonObject(value) && isRight(value) && read === value;
  return isOfStore(value) ? value : undefined;
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
