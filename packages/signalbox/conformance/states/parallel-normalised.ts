import type { JsonObject } from '../../src/core/json.ts';

const PARALLEL_END: ReadonlySet<unknown> = new Set([
  'ParallelStateSucceeded',
  'ParallelStateAborted',
  'ParallelStateExited',
  'ParallelStateFailed',
]);

/**
 * Treats a history as the recordings of Parallel states were: what happens inside one loses its ids,
 * and is sorted. The slices that the recorder replaced swallow the events between the first end of a
 * Parallel and the next, and that is imitated, so that both sides lack the same.
 */
export function normaliseParallel(history: readonly JsonObject[]): readonly JsonObject[] {
  const events = [...history];
  let inside: JsonObject[] = [];
  let start = 0;
  let isInside = false;
  for (let at = 0; at < events.length; at++) {
    const event = events[at];
    if (event === undefined) break;
    if (PARALLEL_END.has(event['type'])) {
      events.splice(start, at - start, ...inside);
      isInside = false;
    } else if (event['type'] === 'ParallelStateStarted') {
      isInside = true;
      inside = [];
      start = at + 1;
    } else if (isInside) {
      const anonymous = { ...event, id: [0], previousEventId: 0 };
      events[at] = anonymous;
      inside.push(anonymous);
    }
  }
  return events;
}

/** Sorts each stretch of events without ids. */
export function sortAnonymous(events: readonly JsonObject[]): readonly JsonObject[] {
  const sorted: JsonObject[] = [];
  let stretch: JsonObject[] = [];
  const flush = (): void => {
    sorted.push(...stretch.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)));
    stretch = [];
  };
  for (const event of events) {
    if (event['previousEventId'] === 0 && Array.isArray(event['id'])) {
      stretch.push(event);
    } else {
      flush();
      sorted.push(event);
    }
  }
  flush();
  return sorted;
}

function keyOf(event: JsonObject): string {
  return JSON.stringify([event['type'], ...Object.values(event)]);
}
