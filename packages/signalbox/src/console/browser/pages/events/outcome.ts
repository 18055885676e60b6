import type { EventRecord } from '../../../../bus/delivery.ts';

/** What became of an event, in a word. */
export function outcomeOf({ deliveries, unmatched }: EventRecord): {
  readonly type: 'success' | 'error' | 'pending' | 'stopped';
  readonly text: string;
} {
  if (unmatched !== undefined) return { type: 'stopped', text: 'Nothing matched' };
  const kinds = deliveries.map(({ result }) => result.kind);
  if (kinds.includes('dropped')) return { type: 'error', text: 'Lost' };
  if (kinds.includes('dead-lettered')) return { type: 'error', text: 'Dead letter' };
  if (kinds.includes('under-way')) return { type: 'pending', text: 'Under way' };
  return {
    type: 'success',
    text: deliveries.length === 1 ? 'Delivered' : `${deliveries.length} delivered`,
  };
}
