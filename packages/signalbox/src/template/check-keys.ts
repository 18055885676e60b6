import { ownMember } from '../core/names/own-member.ts';
import { nearest } from '../core/nearest.ts';
import type { Node } from './document/node.ts';
import type { Report } from './report.ts';

/** The keys that a map may have. */
export interface KeyRules {
  /** The map's name in messages, such as `AWS::SQS::Queue OrdersQueue`. */
  readonly what: string;
  /** Keys that the rehearsal supports, or that do nothing in it. */
  readonly known: readonly string[];
  /** Keys that AWS knows and the rehearsal does not, each with what to do instead. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** Refuses by name every key that would otherwise be ignored silently. */
export function checkKeys(node: Node | undefined, rules: KeyRules, report: Report): void {
  if (node?.kind !== 'map') return;
  for (const { key, place } of node.entries) {
    if (rules.known.includes(key)) continue;
    const { what, known } = rules;
    const reason = ownMember(rules.refused ?? {}, key);
    const remark = { kind: 'property', subject: `${key} of ${typeIn(what)}` } as const;
    if (reason !== undefined) {
      const message = `${what}: the rehearsal does not support ${key}: ${reason}`;
      report.unrehearsed(place, remark, message);
    } else {
      const message = `${what} has no ${key} that the rehearsal knows`;
      report.unrehearsed(place, remark, message, nearest(key, known));
    }
  }
}

/** `AWS::SQS::Queue Orders` is counted as `AWS::SQS::Queue`. */
function typeIn(what: string): string {
  return /^AWS::\S+/.exec(what)?.[0] ?? what;
}
