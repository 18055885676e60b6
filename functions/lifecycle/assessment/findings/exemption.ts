import { type Finding, finding } from '../finding.ts';
import type { LifecyclePolicy } from '../policy.ts';

/** The exemption that a bucket's tags declare, and the findings about them. */
export interface Exemption {
  readonly isExempt: boolean;
  readonly findings: readonly Finding[];
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Finding 14: exempt by tag, with a reason and until a day, which is still exempt (UTC). */
export function exemptionOf(
  tags: Readonly<Record<string, string>>,
  { exemption: { reasonTag, untilTag } }: LifecyclePolicy,
  now: Date,
): Exemption {
  const [reason, until] = [tags[reasonTag], tags[untilTag]];
  if (reason === undefined) return { isExempt: false, findings: [] };
  if (reason.trim() === '') return unreadable(`The tag ${reasonTag} gives no reason`);
  if (until === undefined) return exempt(`Exempt without an end: ${reason}.`);
  if (!isDay(until)) return unreadable(`The tag ${untilTag} is no day such as 2027-01-31`);
  if (until >= now.toISOString().slice(0, 10)) return exempt(`Exempt until ${until}: ${reason}.`);
  const sentence = `The exemption (${reason}) ended on ${until}.`;
  return { isExempt: false, findings: [finding('EXEMPTION_EXPIRED', sentence)] };
}

function exempt(sentence: string): Exemption {
  return { isExempt: true, findings: [finding('EXEMPT', sentence)] };
}

function unreadable(what: string): Exemption {
  const sentence = `${what}, so the bucket is not exempt.`;
  return { isExempt: false, findings: [finding('EXEMPTION_UNREADABLE', sentence)] };
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return DATE.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
