import type { EventRecord } from '../../../../bus/delivery.ts';
import { t } from '../../app/strings.ts';

/** What became of an event, in a word. */
export function outcomeOf({ deliveries, unmatched }: EventRecord): {
  readonly type: 'success' | 'error' | 'pending' | 'stopped';
  readonly text: string;
} {
  if (unmatched !== undefined) return { type: 'stopped', text: t('Nothing matched') };
  const kinds = deliveries.map(({ result }) => result.kind);
  if (kinds.includes('dropped')) return { type: 'error', text: t('Lost') };
  if (kinds.includes('dead-lettered')) return { type: 'error', text: t('Dead letter') };
  if (kinds.includes('under-way')) return { type: 'pending', text: t('Under way') };
  return {
    type: 'success',
    text:
      deliveries.length === 1
        ? t('Delivered')
        : t('{count} delivered', { count: deliveries.length }),
  };
}
