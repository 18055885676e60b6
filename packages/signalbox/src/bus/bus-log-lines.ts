import { jsonText } from '../core/exact-json/exact-number.ts';
import { isJsonObject, ownPayload } from '../core/json.ts';
import type { RunningDelivery } from './deliver-event.ts';
import type { Delivery, EventRecord } from './delivery.ts';

/** A line of the journal of the log: an event with its deliveries, or what became of one of them. */
export type LogLine<Record = EventRecord> =
  | { readonly kind: 'event'; readonly number: number; readonly record: Record }
  | {
      readonly kind: 'delivery';
      /** The number of its event. */
      readonly number: number;
      readonly index: number;
      readonly change: Pick<Delivery, 'attempts' | 'result'>;
    };

type ReadRecord = EventRecord & { readonly deliveries: readonly RunningDelivery[] };

/** Writes a line; the detail is a text of its own, which has each number digit for digit. */
export function writeLogLine(line: LogLine): string {
  if (line.kind === 'delivery') return JSON.stringify(line);
  const { detail, ...event } = line.record.event;
  return JSON.stringify({ ...line, record: { ...line.record, event }, detail: jsonText(detail) });
}

/** Reads a line. @throws {SyntaxError} When it is none of this journal's. */
export function readLogLine(text: string): LogLine<ReadRecord> {
  const parsed = JSON.parse(text);
  const line: LogLine<ReadRecord> & { readonly detail: string } = parsed;
  if (line.kind === 'delivery') return line;
  if (line.kind !== 'event') throw new SyntaxError('Cannot read a line of the log of events');
  const detail = ownPayload(line.detail);
  if (!isJsonObject(detail)) throw new SyntaxError('Cannot read the detail of an event');
  const { record } = line;
  return { ...line, record: { ...record, event: { ...record.event, detail } } };
}
