import type { LifecycleRule, Transition } from '@aws-sdk/client-s3';
import { invalidArgument, invalidRequest, malformedXml } from './s3-errors.ts';

const MAX_RULES = 1_000;
const MAX_ID_LENGTH = 255;

/** AWS: "Lifecycle transition general considerations": these take objects after 30 days at the soonest. */
const INFREQUENT_ACCESS: ReadonlySet<string | undefined> = new Set(['STANDARD_IA', 'ONEZONE_IA']);
const INFREQUENT_ACCESS_DAYS = 30;

const TRANSITION_CLASSES: ReadonlySet<string | undefined> = new Set([
  'DEEP_ARCHIVE',
  'GLACIER',
  'GLACIER_IR',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'STANDARD_IA',
]);

/** Checks the rules of a lifecycle as S3 does. @throws {AwsError} S3's own refusal of the first fault. */
export function checkLifecycleRules(
  rules: readonly LifecycleRule[] | undefined,
): readonly LifecycleRule[] {
  if (rules === undefined || rules.length === 0 || rules.length > MAX_RULES) throw malformedXml();
  const ids = rules.flatMap(({ ID: id }) => id ?? []);
  if (ids.some((id) => id.length > MAX_ID_LENGTH)) {
    throw invalidArgument(`ID length should not exceed allowed limit of ${MAX_ID_LENGTH}`);
  }
  if (new Set(ids).size < ids.length) {
    throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule');
  }
  for (const rule of rules) checkRule(rule);
  return rules;
}

function checkRule(rule: LifecycleRule): void {
  const { Status: status, Filter: filter, Prefix: prefix } = rule;
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml();
  if ((filter === undefined) === (prefix === undefined)) throw malformedXml();
  if (filter !== undefined && Object.keys(filter).length > 1) throw malformedXml();
  const actions = [
    rule.Expiration,
    rule.Transitions,
    rule.NoncurrentVersionExpiration,
    rule.NoncurrentVersionTransitions,
    rule.AbortIncompleteMultipartUpload,
  ];
  if (actions.every((action) => action === undefined)) {
    throw invalidRequest('At least one action needs to be specified in a rule');
  }
  checkExpiration(rule);
  for (const transition of rule.Transitions ?? []) checkTransition(transition);
  checkNoncurrent(rule);
  checkTogether(rule);
}

function checkExpiration({ Expiration: expiration }: LifecycleRule): void {
  if (expiration === undefined) return;
  const { Days: days, Date: date, ExpiredObjectDeleteMarker: marker } = expiration;
  if ([days, date, marker].filter((value) => value !== undefined).length !== 1)
    throw malformedXml();
  if (days !== undefined && days <= 0) {
    throw invalidArgument("'Days' for Expiration action must be a positive integer");
  }
  checkMidnight(date);
}

function checkTransition({ Days: days, Date: date, StorageClass: to }: Transition): void {
  if (!TRANSITION_CLASSES.has(to)) throw malformedXml();
  if ((days === undefined) === (date === undefined)) throw malformedXml();
  if (days !== undefined && days < 0) {
    throw invalidArgument("'Days' for Transition action must be nonnegative");
  }
  if (days !== undefined && INFREQUENT_ACCESS.has(to) && days < INFREQUENT_ACCESS_DAYS) {
    throw invalidArgument(
      `'Days' in Transition action must be greater than or equal to ${INFREQUENT_ACCESS_DAYS} for storageClass '${to}'`,
    );
  }
  checkMidnight(date);
}

function checkMidnight(date: Date | undefined): void {
  if (date === undefined || date.getTime() % (24 * 60 * 60 * 1000) === 0) return;
  throw invalidArgument("'Date' must be at midnight GMT");
}

function checkNoncurrent(rule: LifecycleRule): void {
  const expirationDays = rule.NoncurrentVersionExpiration?.NoncurrentDays;
  if (expirationDays !== undefined && expirationDays <= 0) {
    throw invalidArgument(
      "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
    );
  }
  for (const transition of rule.NoncurrentVersionTransitions ?? []) {
    const { NoncurrentDays: days = 0, StorageClass: to } = transition;
    if (!TRANSITION_CLASSES.has(to)) throw malformedXml();
    if (INFREQUENT_ACCESS.has(to) && days < INFREQUENT_ACCESS_DAYS) {
      throw invalidArgument(
        `'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to ${INFREQUENT_ACCESS_DAYS} for storageClass '${to}'`,
      );
    }
  }
  const uploadDays = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
  if (uploadDays !== undefined && uploadDays <= 0) {
    throw invalidArgument(
      "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    );
  }
}

/** What holds between the actions of one rule. */
function checkTogether(rule: LifecycleRule): void {
  const { Expiration: expiration, Transitions: transitions = [] } = rule;
  const filter = `(prefix=${prefixOf(rule)})`;
  const classes = transitions.map(({ StorageClass: to }) => to);
  if (new Set(classes).size < classes.length) {
    throw invalidRequest(
      `'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '${filter}'`,
    );
  }
  const timed = [...transitions, ...(expiration === undefined ? [] : [expiration])];
  if (timed.some(({ Date: date }) => date) && timed.some(({ Days: days }) => days !== undefined)) {
    throw invalidRequest(
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '${filter}'`,
    );
  }
  const { Days: days, Date: date } = expiration ?? {};
  if (days !== undefined && transitions.some((transition) => (transition.Days ?? -1) >= days)) {
    throw invalidArgument(
      `'Days' in the Expiration action for filter '${filter}' must be greater than 'Days' in the Transition action`,
    );
  }
  if (date !== undefined && transitions.some((transition) => (transition.Date ?? 0) >= date)) {
    throw invalidArgument(
      `'Date' in the Expiration action for filter '${filter}' must be later than 'Date' in the Transition action`,
    );
  }
}

function prefixOf({ Filter: filter, Prefix: prefix }: LifecycleRule): string {
  return prefix ?? filter?.Prefix ?? filter?.And?.Prefix ?? '';
}
