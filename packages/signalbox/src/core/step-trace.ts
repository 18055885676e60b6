import { createHash } from 'node:crypto';
import { withoutLineage } from './lineage.ts';

/** Marks a root that no caller has given. */
const MADE = 'Rehearsed=1';

/** The task of a step, as its history names it. */
export interface TracedStep {
  readonly executionArn: string;
  readonly stateName: string;
  /** JSON text of what the task is given. */
  readonly parameters: string;
}

/**
 * Returns the X-Ray segment id of a step's task: what the task causes names it as its parent, and
 * whoever reads the history can tell it again.
 *
 * @returns 16 hexadecimal digits, as X-Ray's segment ids have.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
export function segmentIdOf({ executionArn, stateName, parameters }: TracedStep): string {
  return digest(`${executionArn}\n${stateName}\n${parameters}`).slice(0, 16);
}

/**
 * Makes the trace header of what a task causes: the execution's root, and the task as parent.
 *
 * @param traceHeader The execution's own, which may say more, such as a lineage.
 * @param startDate When the execution started, in ISO 8601: a root of its own begins then.
 */
export function stepTrace(
  traceHeader: string | undefined,
  step: TracedStep,
  startDate: string,
): string {
  const parts = (traceHeader ?? '').split(';').filter((part) => part !== '');
  const kept = parts.filter((part) => !/^(Root|Parent)=/.test(part));
  const given = parts.find((part) => part.startsWith('Root='));
  const root = given ?? newRoot(step, startDate);
  const made = given === undefined ? [MADE] : [];
  const sampled = kept.some((part) => part.startsWith('Sampled=')) ? [] : ['Sampled=0'];
  return [root, `Parent=${segmentIdOf(step)}`, ...sampled, ...kept, ...made].join(';');
}

/** The trace header as DescribeExecution shows it: undefined for a root that no caller has given. */
export function shownTrace(traceHeader: string | undefined): string | undefined {
  return traceHeader?.split(';').includes(MADE) ? undefined : withoutLineage(traceHeader);
}

/** Returns the segment that a trace header names as parent; undefined where it names none. */
export function parentIn(traceHeader: string | undefined): string | undefined {
  return /(?:^|;)Parent=([0-9a-f]{16})(?:;|$)/.exec(traceHeader ?? '')?.[1];
}

function newRoot({ executionArn }: TracedStep, startDate: string): string {
  const seconds = Math.floor(new Date(startDate).getTime() / 1000).toString(16);
  return `Root=1-${seconds.padStart(8, '0')}-${digest(executionArn).slice(0, 24)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
