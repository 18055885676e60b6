import type { LifecycleRule } from '@aws-sdk/client-s3';
import { invalidArgument, invalidRequest, malformedXml } from '../s3-errors.ts';
import { checkRule } from './check-rule.ts';

const MAX_RULES = 1_000;
const MAX_ID_LENGTH = 255;

/** Checks the rules of a lifecycle as S3 does. @throws {AwsError} S3's own refusal of the first fault. */
export function checkLifecycleRules(
  rules: readonly LifecycleRule[] | undefined,
): readonly LifecycleRule[] {
  if (rules === undefined || rules.length === 0 || rules.length > MAX_RULES) throw malformedXml();
  checkForms(rules);
  checkIds(rules.flatMap(({ ID: id = '' }) => (id === '' ? [] : id)));
  for (const rule of rules) checkRule(rule);
  checkOverlaps(rules);
  return rules;
}

/** The old form names a prefix in the rule, the new one a filter: one configuration has one form. */
function checkForms(rules: readonly LifecycleRule[]): void {
  const hasFilter = ({ Filter: filter }: LifecycleRule): boolean => filter !== undefined;
  for (const rule of rules)
    if (hasFilter(rule) === (rule.Prefix !== undefined)) throw malformedXml();
  const isNew = rules.some(hasFilter);
  if (rules.every((rule) => hasFilter(rule) === isNew)) return;
  const [first] = rules;
  throw invalidRequest(
    first !== undefined && hasFilter(first)
      ? 'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.'
      : 'Filter element can only be used in Lifecycle V2.',
  );
}

function checkIds(ids: readonly string[]): void {
  if (ids.some((id) => id.length > MAX_ID_LENGTH)) {
    throw invalidArgument(`ID length should not exceed allowed limit of ${MAX_ID_LENGTH}`);
  }
  if (new Set(ids).size < ids.length) {
    throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule');
  }
}

/** AWS: overlaps are refused in the old form alone; in the new one S3 settles them when it acts. */
function checkOverlaps(rules: readonly LifecycleRule[]): void {
  const seen: LifecycleRule[] = [];
  for (const rule of rules) {
    for (const other of seen) checkOverlap(other, rule);
    seen.push(rule);
  }
}

function checkOverlap(one: LifecycleRule, other: LifecycleRule): void {
  const [a, b] = [one.Prefix, other.Prefix];
  if (a === undefined || b === undefined) return;
  if (a === b) throw invalidRequest(`Found two rules with same prefix '${a}'`);
  if (!a.startsWith(b) && !b.startsWith(a)) return;
  const action = actionTypes(one).find((type) => actionTypes(other).includes(type));
  if (action === undefined) return;
  throw invalidRequest(
    `Found overlapping prefixes '${a}' and '${b}' for same action type '${action}'`,
  );
}

function actionTypes(rule: LifecycleRule): readonly string[] {
  const actions = {
    Expiration: rule.Expiration,
    Transition: rule.Transitions,
    NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration,
    NoncurrentVersionTransition: rule.NoncurrentVersionTransitions,
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
  };
  return Object.entries(actions).flatMap(([type, action]) => (action === undefined ? [] : [type]));
}
