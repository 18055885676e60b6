/** The weight of a finding, the least first. */
export const SEVERITIES = ['info', 'warning', 'breach'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Something that a person should know of a month's costs. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly sentence: string;
}

/** Returns whether a finding is at or above a severity. */
export function isAtLeast({ severity }: Finding, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
