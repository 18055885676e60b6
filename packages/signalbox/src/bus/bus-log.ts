import type { OpenJournal } from '../core/journal.ts';
import { unlessFull } from '../core/unless-full.ts';
import { readLogLine, writeLogLine } from './bus-log-lines.ts';
import type { RunningDelivery } from './deliver-event.ts';
import type { Delivery, EventRecord } from './delivery.ts';

/** The last events of all buses, oldest first; older ones fall out. */
export interface BusLog {
  add(record: EventRecord): void;
  /** Keeps how far a delivery has come that belongs to one of the events. */
  changed(delivery: Delivery): void;
  events(): readonly EventRecord[];
  find(eventId: string): EventRecord | undefined;
  /** The delivery of an earlier process to this target, where it has not ended and its event is still there. */
  underWay(eventBusName: string, delivery: Delivery): RunningDelivery | undefined;
}

interface Entry {
  /** Sets an event apart from its replay, which has the same id. */
  readonly number: number;
  readonly record: EventRecord & { readonly deliveries: readonly RunningDelivery[] };
}

/** The place of a delivery among those of its event. */
interface Place {
  readonly number: number;
  readonly index: number;
}

/** Makes a log that keeps `capacity` events; with a journal, those that an earlier process has kept in it. */
export function createBusLog(capacity: number, openJournal?: OpenJournal): BusLog {
  // A map keeps the order of insertion, and finds by id.
  const entries = new Map<string, Entry>();
  const byNumber = new Map<number, Entry>();
  const places = new WeakMap<Delivery, Place>();
  let lastNumber = 0;

  function put(number: number, record: Entry['record']): void {
    lastNumber = number;
    // A forwarded event has the same id on each bus.
    const key = `${record.eventBusName}/${record.event.id}`;
    const entry = { number, record };
    forget(key);
    entries.set(key, entry);
    byNumber.set(number, entry);
    for (const [index, delivery] of record.deliveries.entries()) {
      places.set(delivery, { number, index });
    }
    const [oldest] = entries.keys();
    if (entries.size > capacity && oldest !== undefined) forget(oldest);
  }

  function forget(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    byNumber.delete(entry.number);
  }

  const journal = openJournal?.({
    take(text) {
      const line = readLogLine(text);
      if (line.kind === 'event') put(line.number, line.record);
      else
        Object.assign(byNumber.get(line.number)?.record.deliveries[line.index] ?? {}, line.change);
    },
    snapshot: () =>
      [...entries.values()].map(({ number, record }) =>
        writeLogLine({ kind: 'event', number, record }),
      ),
  });
  return {
    add(record) {
      const number = lastNumber + 1;
      put(number, record);
      unlessFull(() => journal?.append(writeLogLine({ kind: 'event', number, record })));
    },
    changed(delivery) {
      const place = places.get(delivery);
      if (journal === undefined || place === undefined || !byNumber.has(place.number)) return;
      const { attempts, result } = delivery;
      const change = { attempts, result };
      unlessFull(() => journal.append(writeLogLine({ kind: 'delivery', ...place, change })));
    },
    events: () => [...entries.values()].map(({ record }) => record),
    find: (eventId) =>
      [...entries.values()].find(({ record }) => record.event.id === eventId)?.record,
    underWay(eventBusName, { eventId, ruleArn, targetId }) {
      const entry = entries.get(`${eventBusName}/${eventId}`);
      return entry?.record.deliveries.find(
        (one) =>
          one.ruleArn === ruleArn && one.targetId === targetId && one.result.kind === 'under-way',
      );
    },
  };
}
