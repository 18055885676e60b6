import {
  type InferOutput,
  literal,
  maxLength,
  minLength,
  object,
  pipe,
  regex,
  safeParse,
  strictObject,
  string,
  unknown,
} from 'valibot';
import { inputProblems, problemsText } from '../../shared/problems.ts';
import type { BucketFacts } from '../assessment/bucket-facts.ts';
import { diffText } from '../assessment/diff.ts';
import type { LifecyclePolicy } from '../assessment/policy.ts';
import { OWN_RULE_ID, proposeLifecycle } from '../assessment/proposal/propose.ts';
import { canonicalRule } from '../assessment/same-rules.ts';
import { judgeBucket } from '../assessment/verdict.ts';
import { BucketNameSchema } from '../audit-scope.ts';
import { InvalidAuditRequestError } from '../errors.ts';

/** The input from the workflow: the whole RepairRequested event. */
export const PlanRepairSchema = object({ event: unknown(), executionArn: string(), now: string() });

/** The RepairRequested contract, as events/lifecycle/repair-requested.schema.json writes it. */
export const RepairRequestedSchema = strictObject({
  version: literal(1),
  accountId: pipe(string(), regex(/^\d{12}$/)),
  bucket: BucketNameSchema,
  region: pipe(string(), regex(/^[a-z]{2}(-[a-z]+)+-\d$/)),
  requestedBy: pipe(string(), minLength(1), maxLength(200)),
  reason: pipe(string(), minLength(1), maxLength(500)),
});

/** The bucket that somebody asks to have repaired. */
export type RepairRequested = InferOutput<typeof RepairRequestedSchema>;

/**
 * Reads the request.
 * @throws {InvalidAuditRequestError} When it does not fit.
 */
export function repairRequestOf(event: unknown): RepairRequested {
  const parsed = safeParse(object({ detail: RepairRequestedSchema }), event);
  if (parsed.success) return parsed.output.detail;
  throw new InvalidAuditRequestError(
    `Cannot read the request: ${problemsText(inputProblems(parsed.issues))}`,
  );
}

/** The plan for a bucket. */
export type Plan =
  | { readonly kind: 'repair'; readonly needsApproval: boolean; readonly approved: Approved }
  | { readonly kind: 'nothing-to-do'; readonly why: string };

/** The rule that a person approves: our own, whatever the others may be by then. */
export interface Approved {
  /** The rule as text that compares; empty where the repair takes our rule away. */
  readonly ownRule: string;
  /** Further notes for a person; empty where there is nothing. */
  readonly note: string;
  /** For people; at most as long as a workflow's state can carry. */
  readonly diff: string;
}

const MAX_DIFF_LENGTH = 8_000;
const WAS_RESTORED = 'An earlier repair of this bucket was taken back';

/** Leaves a bucket alone whose other writers would not be heard of. */
export function notHere(region: string): Plan {
  return { kind: 'nothing-to-do', why: `Buckets in ${region} are not repaired from here` };
}

/**
 * Plans a repair from what is there now: a request says which bucket, and nothing else is trusted.
 * @param wasRestored Whether somebody took the last repair back: then the tag lets nothing be repaired.
 */
export function planRepair(
  facts: BucketFacts,
  policy: LifecyclePolicy,
  now: Date,
  wasRestored: boolean,
): Plan {
  const { verdict } = judgeBucket(facts, policy, now);
  if (verdict !== 'NON_COMPLIANT') {
    return { kind: 'nothing-to-do', why: `The bucket is ${verdict}` };
  }
  const proposal = proposeLifecycle(facts, policy, now);
  if (proposal.kind === 'impossible') return { kind: 'nothing-to-do', why: proposal.sentence };
  if (proposal.kind === 'unchanged') return { kind: 'nothing-to-do', why: 'Nothing would change' };
  const diff = diffText(proposal.changes);
  const own = proposal.configuration.rules.find(({ ID: id }) => id === OWN_RULE_ID);
  return {
    kind: 'repair',
    needsApproval: wasRestored || facts.tags[policy.repairTag] !== 'auto',
    approved: {
      ownRule: own === undefined ? '' : canonicalRule(own),
      note: wasRestored ? WAS_RESTORED : '',
      diff: diff.length <= MAX_DIFF_LENGTH ? diff : `${diff.slice(0, MAX_DIFF_LENGTH)}…`,
    },
  };
}
