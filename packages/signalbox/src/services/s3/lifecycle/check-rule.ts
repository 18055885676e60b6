import type {
  LifecycleRule,
  NoncurrentVersionTransition,
  Transition,
  TransitionStorageClass,
} from '@aws-sdk/client-s3';
import { invalidArgument, invalidRequest, malformedXml } from '../s3-errors.ts';
import { checkFilter, checkPrefix, scopeOf } from './check-filter.ts';
import { checkOrder } from './check-order.ts';
import { SOONEST_DAYS, TRANSITION_CLASSES } from './storage-classes.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_NEWER_VERSIONS = 100;

/** Checks one rule by itself. @throws {AwsError} S3's own refusal of the first fault. */
export function checkRule(rule: LifecycleRule): void {
  const { Status: status, Filter: filter } = rule;
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml();
  if (filter === undefined) checkPrefix(rule.Prefix);
  else checkFilter(filter);
  if (!hasAction(rule)) throw invalidRequest('At least one action needs to be specified in a rule');
  checkExpiration(rule);
  for (const transition of rule.Transitions ?? []) checkTransition(transition);
  checkNoncurrentExpiration(rule);
  for (const transition of rule.NoncurrentVersionTransitions ?? []) {
    checkNoncurrentTransition(transition);
  }
  checkNewerVersions(rule);
  checkAbort(rule);
  checkOrder(rule);
}

function hasAction(rule: LifecycleRule): boolean {
  const { Transitions: transitions = [], NoncurrentVersionTransitions: noncurrent = [] } = rule;
  const single = [
    rule.Expiration,
    rule.NoncurrentVersionExpiration,
    rule.AbortIncompleteMultipartUpload,
  ];
  return transitions.length + noncurrent.length > 0 || single.some((each) => each !== undefined);
}

function checkExpiration(rule: LifecycleRule): void {
  if (rule.Expiration === undefined) return;
  const { Days: days, Date: date, ExpiredObjectDeleteMarker: marker } = rule.Expiration;
  if ([days, date, marker].filter((value) => value !== undefined).length !== 1) {
    throw malformedXml();
  }
  if (days !== undefined) checkPositive('Days', days, 'Expiration');
  checkMidnight(date);
  if (marker !== undefined) checkUnfiltered(rule, 'ExpiredObjectDeleteMarker');
}

function checkTransition({ Days: days, Date: date, StorageClass: to }: Transition): void {
  checkClass(to);
  if (days !== undefined && date !== undefined) throw malformedXml();
  if (days === undefined && date === undefined) {
    throw invalidArgument("'Transition' action must specify either 'Days' or 'Date'");
  }
  if (days !== undefined) checkSoonest('Days', days, 'Transition', to);
  checkMidnight(date);
}

function checkNoncurrentExpiration({ NoncurrentVersionExpiration: expiration }: LifecycleRule) {
  if (expiration === undefined) return;
  const { NoncurrentDays: days } = expiration;
  if (days === undefined) throw malformedXml();
  checkPositive('NoncurrentDays', days, 'NoncurrentVersionExpiration');
}

function checkNoncurrentTransition(transition: NoncurrentVersionTransition): void {
  const { NoncurrentDays: days, StorageClass: to } = transition;
  checkClass(to);
  if (days === undefined) throw malformedXml();
  checkSoonest('NoncurrentDays', days, 'NoncurrentVersionTransition', to);
}

/** Checks the number of noncurrent versions that stay, whatever their age. */
function checkNewerVersions(rule: LifecycleRule): void {
  const counts = [
    ['NoncurrentVersionExpiration', rule.NoncurrentVersionExpiration] as const,
    ...(rule.NoncurrentVersionTransitions ?? []).map(
      (transition) => ['NoncurrentVersionTransition', transition] as const,
    ),
  ];
  for (const [action, given] of counts) {
    const count = given?.NewerNoncurrentVersions;
    if (count === undefined) continue;
    if (rule.Filter === undefined) {
      throw invalidRequest('NewerNoncurrentVersions element can only be used in Lifecycle V2.');
    }
    checkPositive('NewerNoncurrentVersions', count, action);
    if (count > MAX_NEWER_VERSIONS) {
      throw invalidArgument(
        `'NewerNoncurrentVersions' for ${action} action must be an integer between 1 and ${MAX_NEWER_VERSIONS}`,
      );
    }
  }
}

function checkAbort(rule: LifecycleRule): void {
  if (rule.AbortIncompleteMultipartUpload === undefined) return;
  const { DaysAfterInitiation: days } = rule.AbortIncompleteMultipartUpload;
  if (days === undefined) throw malformedXml();
  checkPositive('DaysAfterInitiation', days, 'AbortIncompleteMultipartUpload');
  checkUnfiltered(rule, 'AbortIncompleteMultipartUpload');
}

/** Uploads and delete markers have neither tags nor a size. */
function checkUnfiltered({ Filter: filter = {} }: LifecycleRule, action: string): void {
  const { tags, greaterThan, lessThan } = scopeOf(filter);
  if (tags.length > 0) throw invalidRequest(`${action} cannot be specified with Tags.`);
  if (greaterThan !== undefined || lessThan !== undefined) {
    throw invalidRequest(`${action} cannot be specified with Object Size.`);
  }
}

function checkClass(to: string | undefined): void {
  if (to === 'STANDARD' || to === 'REDUCED_REDUNDANCY') {
    throw invalidArgument('Invalid target Storage class for Transition action');
  }
  if (!TRANSITION_CLASSES.some((known) => known === to)) throw malformedXml();
}

function checkPositive(name: string, value: number, action: string): void {
  if (!Number.isInteger(value)) throw malformedXml();
  if (value > 0) return;
  throw invalidArgument(`'${name}' for ${action} action must be a positive integer`);
}

function checkSoonest(
  name: string,
  days: number,
  action: string,
  to: TransitionStorageClass | undefined,
): void {
  if (!Number.isInteger(days)) throw malformedXml();
  if (days < 0) throw invalidArgument(`'${name}' in ${action} action must be nonnegative`);
  const soonest = to === undefined ? undefined : SOONEST_DAYS[to];
  if (soonest === undefined || days >= soonest) return;
  throw invalidArgument(
    `'${name}' in ${action} action must be greater than or equal to ${soonest} for storageClass '${to}'`,
  );
}

function checkMidnight(date: Date | undefined): void {
  if (date === undefined || date.getTime() % DAY_MS === 0) return;
  throw invalidArgument("'Date' must be at midnight GMT");
}
