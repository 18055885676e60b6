/** The weights of a finding, from the least to the most. */
export const SEVERITIES = ['info', 'low', 'medium', 'high'] as const;

/** The weight of a finding. */
export type Severity = (typeof SEVERITIES)[number];

interface FindingKind {
  readonly severity: Severity;
  /** Whether a bucket with it is not compliant; the others are remarks. */
  readonly isBreach: boolean;
}

/** Every finding that there is. */
export const FINDINGS = {
  NO_LIFECYCLE_CONFIGURATION: { severity: 'high', isBreach: true },
  ONLY_DISABLED_RULES: { severity: 'high', isBreach: true },
  TRANSITION_MISSING: { severity: 'high', isBreach: true },
  TRANSITION_LATE: { severity: 'medium', isBreach: true },
  TRANSITION_WRONG_CLASS: { severity: 'medium', isBreach: true },
  ACCEPTED_ALTERNATIVE: { severity: 'info', isBreach: false },
  PARTIAL_COVERAGE: { severity: 'medium', isBreach: true },
  EXPIRES_BEFORE_TRANSITION: { severity: 'low', isBreach: false },
  INCOMPLETE_UPLOADS_KEPT: { severity: 'medium', isBreach: true },
  NONCURRENT_VERSIONS_KEPT: { severity: 'medium', isBreach: true },
  EXPIRED_DELETE_MARKERS_KEPT: { severity: 'low', isBreach: true },
  LEGACY_PREFIX: { severity: 'low', isBreach: false },
  SMALL_OBJECTS_MOVED: { severity: 'low', isBreach: false },
  NEAR_RULE_LIMIT: { severity: 'medium', isBreach: false },
  CONTRADICTORY_RULES: { severity: 'low', isBreach: false },
  EXEMPT: { severity: 'info', isBreach: false },
  EXEMPTION_EXPIRED: { severity: 'medium', isBreach: false },
  EXEMPTION_UNREADABLE: { severity: 'medium', isBreach: false },
  REPAIR_TAKEN_BACK: { severity: 'info', isBreach: false },
} as const satisfies Readonly<Record<string, FindingKind>>;

/** The code of a finding. */
export type FindingCode = keyof typeof FINDINGS;

/** Something to say about a bucket's lifecycle. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** One sentence for people. */
  readonly sentence: string;
}

/** Makes a finding; its severity hangs on its code. */
export function finding(code: FindingCode, sentence: string): Finding {
  return { code, severity: FINDINGS[code].severity, sentence };
}

/** Returns whether a bucket with the finding is not compliant. */
export function isBreach({ code }: Finding): boolean {
  return FINDINGS[code].isBreach;
}

/** Returns whether a severity is at least another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
