import type { TriedPattern } from '../../../server/event-rules.ts';
import { t } from '../../app/strings.ts';

/** The first field of an event that a pattern does not take. */
export function WhyNotLine({ why }: { readonly why: NonNullable<TriedPattern['why']> }) {
  return (
    <div className="why">
      <code>{why.field}</code>
      {`: ${t('expected')} `}
      <code>{why.expected}</code>
      {`, ${t('found')} `}
      <code>{why.found}</code>
    </div>
  );
}
