import { createHash } from 'node:crypto';

/** The most descendants of an event that may pass one rule; AWS Lambda stops its own loops at about as many. */
export const MOST_PASSES = 16;

/** A trace header has room for so many rules; the oldest make way. */
const MOST_RULES = 8;

const LINEAGE = /(?:^|;)Lineage=([^;]*)/;

/** An event's way past a rule. */
export interface Pass {
  /** The number of its ancestors that have passed the rule before. */
  readonly earlier: number;
  /** The trace header that says of this pass too, for what the rule starts. */
  readonly traceHeader: string;
}

/**
 * Takes an event past a rule. The lineage rides in the trace header, which workflows and functions hand
 * on to the events that they put, as AWS Lambda's does for its loop detection.
 */
export function passRule(traceHeader: string | undefined, ruleArn: string): Pass {
  const passes = passesIn(traceHeader);
  const key = keyOf(ruleArn);
  const earlier = passes.get(key) ?? 0;
  passes.delete(key);
  const kept = [...passes, [key, earlier + 1] as const].slice(-MOST_RULES);
  const lineage = `Lineage=${kept.map(([rule, times]) => `${rule}:${times}`).join('|')}`;
  const others = (traceHeader ?? '').replace(LINEAGE, '');
  return { earlier, traceHeader: others === '' ? lineage : `${others};${lineage}` };
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
