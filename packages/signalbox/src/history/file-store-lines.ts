import { jsonText } from '../core/exact-json/exact-number.ts';
import { isJsonObject, type JsonObject, ownPayload } from '../core/json.ts';
import type { HistoryEvent } from './history-event.ts';
import type { ExecutionHeader } from './store.ts';

/** The header as a line has it: many executions share one definition. */
export type StoredHeader = Omit<ExecutionHeader, 'definition'> & {
  readonly definitionSha256: string;
};

/** Writes the line that begins an execution; lines of one execution have its number. */
export function headerLine(number: number, header: StoredHeader): string {
  return `{"n":${number},"header":${jsonText(header)}}\n`;
}

/** Writes the line of an event. */
export function eventLine(number: number, event: HistoryEvent): string {
  return `{"n":${number},${jsonText(event).slice(1)}\n`;
}

/** Reads the header in a line; undefined where it is none. */
export function readHeader(line: string): StoredHeader | undefined {
  const header = parse<{ readonly header?: StoredHeader }>(line, isHeaderLine)?.header;
  return header;
}

/** Reads the event in a line; undefined where it is not the one with the id. */
export function readEvent(line: string, id: number): HistoryEvent | undefined {
  const own = `{${line.slice(line.indexOf(',') + 1)}`;
  return parse<HistoryEvent>(
    own,
    (value) =>
      value['id'] === id && typeof value['type'] === 'string' && isDate(value['timestamp']),
  );
}

const TEXTS = ['executionArn', 'name', 'stateMachineArn', 'stateMachineName', 'type', 'roleArn'];

function isHeaderLine(value: JsonObject): boolean {
  const header = value['header'] ?? null;
  return (
    isJsonObject(header) &&
    [...TEXTS, 'input', 'definitionSha256'].every((name) => typeof header[name] === 'string') &&
    isDate(header['startDate'])
  );
}

/** Reads an object that this store has written, whose form is known by the check of its members. */
function parse<T>(line: string, isRight: (value: JsonObject) => boolean): T | undefined {
  try {
    const value = ownPayload(line);
    const isOfStore = (read: unknown): read is T =>
      isJsonObject(value) && isRight(value) && read === value;
    return isOfStore(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
