import { type CronExpression, parseCron } from './cron-expression.ts';

/** When something is to happen. */
export type ScheduleExpression =
  | CronExpression
  | { readonly kind: 'rate'; readonly periodMs: number }
  /** Once, at a time of the clock on the wall, written as if it were UTC in Unix milliseconds. */
  | { readonly kind: 'at'; readonly wallMs: number };

/** The reader of the expression: a rule of EventBridge, or EventBridge Scheduler, which takes more. */
export type ScheduleDialect = 'rule' | 'scheduler';

const UNIT_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Reads `rate(…)`, `cron(…)` and, for EventBridge Scheduler, `at(…)`; undefined where the service
 * refuses it.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseScheduleExpression(
  text: string,
  dialect: ScheduleDialect,
): ScheduleExpression | undefined {
  const [, name, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(text) ?? [];
  switch (name) {
    case 'rate':
      return parseRate(inside, dialect);
    case 'cron':
      return parseCron(inside);
    case 'at':
      return dialect === 'scheduler' ? parseAt(inside) : undefined;
    default:
      return undefined;
  }
}

function parseRate(text: string, dialect: ScheduleDialect): ScheduleExpression | undefined {
  const [, digits = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const count = Number(digits);
  if (digits === '' || count < 1) return undefined;
  // AWS: a rule wants `1 minute` and `2 minutes`; Scheduler takes either for both.
  if (dialect === 'rule' && (count === 1) !== (plural === '')) return undefined;
  return { kind: 'rate', periodMs: count * (UNIT_MS[unit] ?? Number.NaN) };
}

function parseAt(text: string): ScheduleExpression | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return undefined;
  const wallMs = Date.parse(`${text}Z`);
  // A day that is not there, such as 30 February, would be taken for another.
  const isThere = !Number.isNaN(wallMs) && new Date(wallMs).toISOString().startsWith(text);
  return isThere ? { kind: 'at', wallMs } : undefined;
}
