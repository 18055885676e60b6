import { whyNotText, whyNotValues } from '../event-patterns/why-not.ts';
import type { BusEvent } from './bus-event.ts';
import type { Unmatched } from './delivery.ts';
import type { BusRules } from './rule-table.ts';

/**
 * Says why no rule of a bus wants an event: the rule that came nearest, and its first reason. It is found
 * when somebody asks: most events that nobody wants are nobody's concern.
 */
export function explainUnmatched(
  event: BusEvent,
  eventBusName: string,
  busRules: BusRules,
): Unmatched {
  let found: Explanation | undefined;
  const explain = (): Explanation => {
    found ??= explanationOf(event, eventBusName, busRules);
    return found;
  };
  return {
    eventBusName,
    get reason() {
      return explain().reason;
    },
    get nearest() {
      return explain().nearest;
    },
  };
}

type Explanation = Omit<Unmatched, 'eventBusName'>;

function explanationOf(
  event: BusEvent,
  eventBusName: string,
  { withPattern, compiled }: BusRules,
): Explanation {
  const valuesAt = compiled.read(event);
  const candidates = withPattern.map(({ rule, pattern }) => ({
    ruleName: rule.name,
    why: whyNotValues(pattern, valuesAt),
  }));
  const [first, ...others] = candidates;
  if (first === undefined) {
    return { reason: `No rule with a pattern is on bus ${eventBusName}`, nearest: undefined };
  }
  const nearest = others.reduce(
    (best, other) => (nearness(other.why) > nearness(best.why) ? other : best),
    first,
  );
  const reason =
    nearest.why === undefined
      ? `Rule ${nearest.ruleName} matches, but it is DISABLED`
      : `No rule matches; the nearest is ${nearest.ruleName}, where ${whyNotText(nearest.why)}`;
  return { reason, nearest };
}

/** A rule that matches, which is disabled then, is the nearest of all. */
function nearness(why: { readonly fitting: number } | undefined): number {
  return why?.fitting ?? Number.POSITIVE_INFINITY;
}
