import { createHash } from 'node:crypto';

/** How often an event's descendants may pass one rule; AWS Lambda stops its own loops at about as many. */
export const MOST_PASSES = 16;

/** A trace header has room for so many rules; the oldest make way. */
const MOST_RULES = 8;

const LINEAGE = /(?:^|;)Lineage=([^;]*)/;

/**
 * Tells how often the ancestors of an event have passed a rule. The lineage rides in the trace header,
 * which a workflow hands on to the events that it puts, as AWS Lambda's does for its loop detection.
 */
export function passesOf(traceHeader: string | undefined, ruleArn: string): number {
  return passesIn(traceHeader).get(keyOf(ruleArn)) ?? 0;
}

/** Adds one pass of a rule to a trace header, or makes one that says just this. */
export function withPass(traceHeader: string | undefined, ruleArn: string): string {
  const passes = passesIn(traceHeader);
  const key = keyOf(ruleArn);
  const count = (passes.get(key) ?? 0) + 1;
  passes.delete(key);
  const kept = [...passes, [key, count] as const].slice(-MOST_RULES);
  const lineage = `Lineage=${kept.map(([rule, times]) => `${rule}:${times}`).join('|')}`;
  const others = (traceHeader ?? '').replace(LINEAGE, '');
  return others === '' ? lineage : `${others};${lineage}`;
}

function passesIn(traceHeader: string | undefined): Map<string, number> {
  const text = LINEAGE.exec(traceHeader ?? '')?.[1] ?? '';
  return new Map(
    text.split('|').flatMap((one): [string, number][] => {
      const [rule, times] = one.split(':');
      const count = Number(times);
      return rule !== undefined && Number.isInteger(count) ? [[rule, count]] : [];
    }),
  );
}

function keyOf(ruleArn: string): string {
  return createHash('sha256').update(ruleArn).digest('hex').slice(0, 8);
}
