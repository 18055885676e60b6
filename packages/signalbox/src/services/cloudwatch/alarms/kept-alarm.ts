import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { KeptForm } from '../../../core/kept-maps.ts';
import { parseQueries } from '../metric-queries.ts';
import type { Alarm, CompositeAlarm, MetricAlarm, Watched } from './alarm.ts';
import { parseAlarmRule } from './alarm-rule.ts';

type MathWatched = Extract<Watched, { readonly kind: 'math' }>;

/** An alarm without what is read again from its texts. */
export type KeptAlarm =
  | Omit<CompositeAlarm, 'rule'>
  | (Omit<MetricAlarm, 'watched'> & {
      readonly watched: Exclude<Watched, MathWatched> | Omit<MathWatched, 'queries'>;
    });

/** The form in which alarms outlive the process: rules and expressions as they were written. */
export const KEPT_ALARM: KeptForm<Alarm, KeptAlarm> = {
  store(alarm) {
    if (alarm.kind === 'composite') {
      const { rule: _, ...kept } = alarm;
      return kept;
    }
    if (alarm.watched.kind === 'metric') return { ...alarm, watched: alarm.watched };
    const { queries: _, ...watched } = alarm.watched;
    return { ...alarm, watched };
  },
  restore(kept) {
    if (kept.kind === 'composite') return { ...kept, rule: parseAlarmRule(kept.ruleText) };
    const { watched } = kept;
    if (watched.kind === 'metric') return { ...kept, watched };
    return { ...kept, watched: { ...watched, queries: queriesOf(watched.given) } };
  },
};

function queriesOf(given: readonly MetricDataQuery[]): MathWatched['queries'] {
  return parseQueries(given, 'Metrics');
}
