import { UserError } from '../../../core/user-error.ts';
import { type EventRecord, readEventLog } from '../../events/event-record.ts';
import type { Tool } from '../tool.ts';
import { toOutcome } from './put-event.ts';

const MOST = 20;

/** Says why no rule wanted an event. */
export const whyNoMatch: Tool = {
  name: 'why_no_match',
  description:
    'Say of one event, or of the last that no rule matched, why: the nearest rule and the first field of its pattern that does not fit.',
  arguments: {
    event_id: {
      type: 'string',
      description: 'Id of an event; the last unmatched ones but those of AWS itself unless given',
    },
  },
  isReadOnly: true,
  async run(session, given) {
    const id = given.text('event_id');
    const records = await readEventLog(session, 'mcp', id);
    if (records === undefined) throw new UserError('not-found', `No event "${id}" is in the log`);
    const chosen =
      id === undefined
        ? records.filter((one) => one.reason !== undefined && !isOfAws(one)).slice(-MOST)
        : records;
    return { events: chosen.map((record) => ({ event: record.event, ...toOutcome(record) })) };
  },
};

/** AWS announces much that no rule is made for, such as each status of an execution. */
function isOfAws({ event }: EventRecord): boolean {
  return String(event['source']).startsWith('aws.');
}
