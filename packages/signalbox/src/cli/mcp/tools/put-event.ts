import { setTimeout as delay } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { UserError } from '../../../core/user-error.ts';
import { type EventRecord, readEventLog } from '../../events/event-record.ts';
import type { Session } from '../../session.ts';
import { stackBus } from '../../stack-bus.ts';
import type { Tool } from '../tool.ts';

/** Real time that deliveries may take before the agent is told that they are under way. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 50;

/** Puts an event, and says what became of it. */
export const putEvent: Tool = {
  name: 'put_event',
  description:
    'Put an event on a bus. Returns the rules that matched and each delivery, with the execution that it started; where no rule matched, the nearest one and the first field that does not fit.',
  arguments: {
    source: { type: 'string', required: true, description: 'Such as hello.door' },
    detail_type: { type: 'string', required: true, description: 'Such as VisitorArrived' },
    detail: { type: 'json', description: 'The event’s detail; an empty object unless given' },
    bus: { type: 'string', description: 'Name of the bus; the one whose rules name the source' },
  },
  isReadOnly: false,
  async run(session, given) {
    const client = new EventBridgeClient(session.client);
    const source = given.needed('source');
    const { Entries = [] } = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: source,
            DetailType: given.needed('detail_type'),
            Detail: given.json('detail') ?? '{}',
            EventBusName: given.text('bus') ?? (await stackBus(session, client, source)),
          },
        ],
      }),
    );
    const [entry] = Entries;
    if (entry?.EventId === undefined) {
      throw new UserError('usage', `${entry?.ErrorCode}: ${entry?.ErrorMessage}`);
    }
    const records = await untilDelivered(session, entry.EventId);
    return { eventId: entry.EventId, buses: records.map(toOutcome) };
  },
};

async function untilDelivered(session: Session, id: string): Promise<readonly EventRecord[]> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const records = (await readEventLog(session, 'mcp', id)) ?? [];
    const isUnderWay = records.some(({ deliveries }) =>
      deliveries.some(({ result }) => result === 'under-way'),
    );
    if (!isUnderWay || performance.now() > until) return records;
    await delay(LOOK_MS);
  }
}

/** What became of an event on one bus. */
export function toOutcome({ eventBusName, rules, deliveries, reason }: EventRecord): object {
  return { eventBusName, rules, deliveries, ...(reason === undefined ? {} : { noMatch: reason }) };
}
