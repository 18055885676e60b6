import type { JsonObject } from '../../src/core/json.ts';
import type { RecordedCase } from './recorded-case.ts';

/** AWS changed one link between its recordings: the exit of a Distributed Map linked to the end of its Map Run. */
export function asToday(recorded: RecordedCase): readonly JsonObject[] {
  const { expectedHistory: history = [] } = recorded;
  if (recordedOn(recorded) >= '2024-11-01') return history;
  const types = new Map(history.map((event) => [event['id'], event['type']]));
  return history.map((event) => {
    const { type, id, previousEventId } = event;
    if (type !== 'MapStateExited' || types.get(previousEventId) !== 'MapRunSucceeded') return event;
    const started = history.findLast(
      (other) => other['type'] === 'MapRunStarted' && Number(other['id']) < Number(id),
    );
    return { ...event, previousEventId: started?.['id'] ?? null };
  });
}

/** The day of a recording, year first. */
export function recordedOn({ recordedDate = '' }: RecordedCase): string {
  const [day = '', month = '', year = ''] = recordedDate.split(/[-,]/);
  return `${year}-${month}-${day}`;
}
