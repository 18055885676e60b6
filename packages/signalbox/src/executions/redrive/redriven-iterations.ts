import type { Json } from '../../core/json.ts';
import type { HistoryEvent } from '../../history/history-event.ts';

/** The events of one iteration of a Map since it last began. */
export interface Iteration {
  readonly events: readonly HistoryEvent[];
  /** Set where it succeeded. */
  readonly output: Json | undefined;
}

/** Separates the iterations of a Map by the links of their events; undefined where one never began. */
export function iterationsOf(
  mapName: string,
  events: readonly HistoryEvent[],
): readonly (Iteration | undefined)[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  /** The event that began the iteration in which an event happened, by the event's id. */
  const beginnings = new Map<number, number>();
  const begun: (number | undefined)[] = [];
  const outputs = new Map<number, Json>();
  for (const event of events) {
    if (event.type === 'MapIterationStarted' && event.name === mapName) {
      begun[event.index] = event.id;
      beginnings.set(event.id, event.id);
      continue;
    }
    const beginning = beginnings.get(event.previousEventId);
    if (beginning === undefined) continue;
    beginnings.set(event.id, beginning);
    if (event.type !== 'MapIterationSucceeded' || event.name !== mapName) continue;
    const last = byId.get(event.previousEventId);
    if (last !== undefined && 'output' in last) outputs.set(beginning, last.output);
  }
  return begun.map((beginning) =>
    beginning === undefined
      ? undefined
      : {
          events: events.filter(({ id }) => beginnings.get(id) === beginning),
          output: outputs.get(beginning),
        },
  );
}
