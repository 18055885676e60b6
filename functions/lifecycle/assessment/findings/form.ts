import type { LifecycleConfiguration } from '../bucket-facts.ts';
import { enabledRules } from '../coverage.ts';
import { type Finding, finding } from '../finding.ts';
import type { LifecyclePolicy } from '../policy.ts';
import { rulesText } from '../rule-names.ts';
import { scopeOf } from '../scope.ts';

/** AWS: the most rules that a lifecycle has. */
export const MAX_RULES = 1_000;

/** Findings 10, 11 and 12: the old form, small objects that cost more than they save, and the limit of rules. */
export function formFindings(
  configuration: LifecycleConfiguration,
  policy: LifecyclePolicy,
): readonly Finding[] {
  return [
    ...legacyPrefix(configuration),
    ...smallObjects(configuration, policy),
    ...ruleLimit(configuration, policy),
  ];
}

function legacyPrefix({ rules }: LifecycleConfiguration): readonly Finding[] {
  const legacy = rules.filter(({ Prefix: prefix }) => prefix !== undefined);
  if (legacy.length === 0) return [];
  return [
    finding(
      'LEGACY_PREFIX',
      `The old form of a filter, which cannot stand beside the new one, is used by ${rulesText(legacy)}.`,
    ),
  ];
}

/** AWS: a filter by size goes before the bucket's setting. */
function smallObjects(
  { rules, minimumObjectSize }: LifecycleConfiguration,
  { ignoredBelowBytes }: LifecyclePolicy,
): readonly Finding[] {
  if (minimumObjectSize !== 'varies_by_storage_class') return [];
  const archiving = enabledRules(rules).filter(
    (rule) =>
      (rule.Transitions ?? []).some(({ StorageClass: to }) => ARCHIVES.has(to)) &&
      (scopeOf(rule).largerThan ?? 0) + 1 < ignoredBelowBytes,
  );
  if (archiving.length === 0) return [];
  return [
    finding(
      'SMALL_OBJECTS_MOVED',
      `Objects under ${ignoredBelowBytes} bytes are archived, which costs more than it saves, by ${rulesText(archiving)}: the bucket's setting is varies_by_storage_class.`,
    ),
  ];
}

const ARCHIVES: ReadonlySet<string | undefined> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

function ruleLimit(
  { rules }: LifecycleConfiguration,
  { rulesWarnAt }: LifecyclePolicy,
): readonly Finding[] {
  if (rules.length < rulesWarnAt) return [];
  return [
    finding(
      'NEAR_RULE_LIMIT',
      `The lifecycle has ${rules.length} rules, and S3 takes ${MAX_RULES} at most.`,
    ),
  ];
}
