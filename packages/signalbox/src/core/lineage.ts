import { createHash } from 'node:crypto';

/** A trace header has room for so many rules and machines; the oldest make way. */
const MOST_STEPS = 8;

const LINEAGE = /(?:^|;)Lineage=([^;]*)/;

/** The way of a piece of work past a rule or a state machine. */
export interface Pass {
  /** The number of its ancestors that have passed by before. */
  readonly earlier: number;
  /** The trace header that says of this pass too, for what it starts. */
  readonly traceHeader: string;
}

/**
 * Takes a piece of work past a rule or a state machine. The lineage rides in the trace header, which
 * workflows and functions hand on to what they call, as AWS Lambda's does for its loop detection.
 */
export function passBy(traceHeader: string | undefined, arn: string): Pass {
  const passes = passesIn(traceHeader);
  const key = keyOf(arn);
  const earlier = passes.get(key) ?? 0;
  passes.delete(key);
  const kept = [...passes, [key, earlier + 1] as const].slice(-MOST_STEPS);
  const lineage = `Lineage=${kept.map(([step, times]) => `${step}:${times}`).join('|')}`;
  const others = withoutLineage(traceHeader);
  return { earlier, traceHeader: others === undefined ? lineage : `${others};${lineage}` };
}

/** The trace header as somebody gave it, without what is added here; undefined where nothing is left. */
export function withoutLineage(traceHeader: string | undefined): string | undefined {
  return traceHeader?.replace(LINEAGE, '') || undefined;
}

function passesIn(traceHeader: string | undefined): Map<string, number> {
  const text = LINEAGE.exec(traceHeader ?? '')?.[1] ?? '';
  return new Map(
    text.split('|').flatMap((one): [string, number][] => {
      const [step, times] = one.split(':');
      const count = Number(times);
      return step !== undefined && Number.isInteger(count) ? [[step, count]] : [];
    }),
  );
}

const keys = new Map<string, string>();

function keyOf(arn: string): string {
  const known = keys.get(arn);
  if (known !== undefined) return known;
  const key = createHash('sha256').update(arn).digest('hex').slice(0, 8);
  keys.set(arn, key);
  return key;
}
