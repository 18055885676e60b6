import type { BusEvent } from '../../../../bus/bus-event.ts';
import type { EventRecord } from '../../../../bus/delivery.ts';
import { isJsonObject, type JsonObject } from '../../../../core/json.ts';
import { askRehearsalText } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { readJson } from '../../parts/format.ts';

/** An event of the log with its detail digit for digit, which the list of all events is not read with. */
export function useExactEvent({ event }: EventRecord): BusEvent {
  const { region } = useSurroundings();
  const { value } = useAnswer(`event ${event.id}`, () =>
    askRehearsalText(`/_signalbox/events/${encodeURIComponent(event.id)}?region=${region}`),
  );
  return { ...event, detail: detailIn(value) ?? event.detail };
}

/** On each bus that it came to, an event has the same detail. */
function detailIn(text: string | undefined): JsonObject | undefined {
  const answer = readJson(text);
  const records = isJsonObject(answer) ? answer['events'] : undefined;
  const record = Array.isArray(records) ? records[0] : undefined;
  const event = isJsonObject(record) ? record['event'] : undefined;
  const detail = isJsonObject(event) ? event['detail'] : undefined;
  return isJsonObject(detail) ? detail : undefined;
}
