import type { EventRecord } from './delivery.ts';

/** The last events of all buses, oldest first; older ones fall out. */
export interface BusLog {
  add(record: EventRecord): void;
  events(): readonly EventRecord[];
  find(eventId: string): EventRecord | undefined;
}

/** Makes a log that keeps `capacity` events. */
export function createBusLog(capacity: number): BusLog {
  // A map keeps the order of insertion, and finds by id.
  const records = new Map<string, EventRecord>();
  return {
    add(record) {
      // A forwarded event has the same id on each bus.
      records.set(`${record.eventBusName}/${record.event.id}`, record);
      if (records.size <= capacity) return;
      const [oldest] = records.keys();
      if (oldest !== undefined) records.delete(oldest);
    },
    events: () => [...records.values()],
    find: (eventId) => [...records.values()].find(({ event }) => event.id === eventId),
  };
}
