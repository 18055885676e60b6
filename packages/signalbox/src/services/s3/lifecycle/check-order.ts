import type { LifecycleRule, TransitionStorageClass } from '@aws-sdk/client-s3';
import { invalidArgument, invalidRequest } from '../s3-errors.ts';
import { filterText } from './check-filter.ts';
import { leadsTo, STAY_DAYS } from './storage-classes.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A transition in days, counted from the object's age or from 1970. */
interface Step {
  readonly to: TransitionStorageClass;
  readonly day: number;
}

/** The words for the actions of one kind in S3's messages. */
interface Words {
  readonly transition: 'Transition' | 'NoncurrentVersionTransition';
  readonly expiration: 'Expiration' | 'NoncurrentVersionExpiration';
  readonly field: 'Days' | 'Date' | 'NoncurrentDays';
  readonly filter: string;
}

/** Checks what holds between the actions of one rule. @throws {AwsError} S3's own refusal. */
export function checkOrder(rule: LifecycleRule): void {
  const filter = filterText(rule);
  checkCurrent(rule, filter);
  const words = {
    transition: 'NoncurrentVersionTransition',
    expiration: 'NoncurrentVersionExpiration',
    field: 'NoncurrentDays',
    filter,
  } as const;
  const steps = (rule.NoncurrentVersionTransitions ?? []).flatMap(
    ({ NoncurrentDays: day, StorageClass: to }) =>
      day === undefined || to === undefined ? [] : [{ to, day }],
  );
  checkSteps(steps, words);
  checkEnd(steps, rule.NoncurrentVersionExpiration?.NoncurrentDays, words);
}

function checkCurrent(rule: LifecycleRule, filter: string): void {
  const { Transitions: transitions = [], Expiration: expiration } = rule;
  const isDated = transitions.some(({ Date: date }) => date !== undefined);
  if (isDated && transitions.some(({ Days: days }) => days !== undefined)) {
    throw invalidRequest(
      `Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for ${filter}`,
    );
  }
  const wrong = isDated ? expiration?.Days : expiration?.Date;
  if (transitions.length > 0 && wrong !== undefined) {
    throw invalidRequest(
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for ${filter}`,
    );
  }
  const words = {
    transition: 'Transition',
    expiration: 'Expiration',
    field: isDated ? 'Date' : 'Days',
    filter,
  } as const;
  const steps = transitions.flatMap(({ StorageClass: to, Days: days, Date: date }) => {
    const day = days ?? dayOf(date);
    return to === undefined || day === undefined ? [] : [{ to, day }];
  });
  checkSteps(steps, words);
  checkEnd(steps, expiration?.Days ?? dayOf(expiration?.Date), words);
}

function dayOf(date: Date | undefined): number | undefined {
  return date === undefined ? undefined : date.getTime() / DAY_MS;
}

/** Every transition goes down the waterfall, and stays where it was for long enough. */
function checkSteps(steps: readonly Step[], words: Words): void {
  if (new Set(steps.map(({ to }) => to)).size < steps.length) {
    throw invalidRequest(
      `'StorageClass' must be different for '${words.transition}' actions in same 'Rule' with ${words.filter}`,
    );
  }
  const seen: Step[] = [];
  for (const step of steps) {
    for (const other of seen) checkPair(other, step, words);
    seen.push(step);
  }
}

function checkPair(one: Step, other: Step, { transition, field, filter }: Words): void {
  const [warm, cold] = leadsTo(other.to, one.to) ? [other, one] : [one, other];
  const later = `'${field}' in the '${transition}' action for StorageClass '${cold.to}' for ${filter} must be`;
  const earlier = `in the '${transition}' action for StorageClass '${warm.to}'`;
  if (cold.day <= warm.day || !leadsTo(warm.to, cold.to)) {
    throw invalidArgument(`${later} greater than '${field}' ${earlier} for ${filter}`);
  }
  const stayDays = STAY_DAYS[warm.to] ?? 0;
  if (cold.day - warm.day < stayDays) {
    // AWS: the second quotation names the filter where one expects the field; this is S3's own text.
    throw invalidArgument(`${later} ${stayDays} days more than '${filter}' ${earlier}`);
  }
}

function checkEnd(
  steps: readonly Step[],
  endDay: number | undefined,
  { transition, expiration, field, filter }: Words,
): void {
  if (endDay === undefined || steps.every(({ day }) => day < endDay)) return;
  throw invalidArgument(
    `'${field}' in the ${expiration} action for ${filter} must be ${field === 'Date' ? 'later' : 'greater'} than '${field}' in the ${transition} action`,
  );
}
