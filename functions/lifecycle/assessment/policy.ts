import {
  array,
  check,
  type InferOutput,
  integer,
  literal,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  safeParse,
  strictObject,
  string,
} from 'valibot';
import { parseJson } from '../../shared/parse-json.ts';
import { inputProblems, problemsText } from '../../shared/problems.ts';
import defaultPolicy from './policy.json' with { type: 'json' };
import {
  canMove,
  MINIMUM_DURATION_DAYS,
  SOONEST_DAYS,
  TRANSITION_CLASSES,
  type TransitionClass,
} from './storage-class.ts';

const DaysSchema = pipe(number(), integer(), minValue(0), maxValue(36_500));
const TagKeySchema = pipe(string(), minLength(1));

const StepSchema = strictObject({ storageClass: picklist(TRANSITION_CLASSES), days: DaysSchema });

/** The steps of a policy that S3 itself would refuse, or bill for nothing. */
const LadderSchema = pipe(
  array(StepSchema),
  check(
    (steps) => steps.every(({ storageClass, days }) => days >= SOONEST_DAYS[storageClass]),
    'S3 moves objects to STANDARD_IA and ONEZONE_IA after 30 days at the soonest',
  ),
  check(
    (steps) => pairs(steps).every(([warm, cold]) => canMove(warm.storageClass, cold.storageClass)),
    'S3 moves objects down the waterfall only, to each class once',
  ),
  check(
    (steps) =>
      pairs(steps).every(
        ([warm, cold]) => cold.days - warm.days >= MINIMUM_DURATION_DAYS[warm.storageClass],
      ),
    'Each step has to come after the minimum storage duration of the class before it',
  ),
);

const NoncurrentSchema = pipe(
  strictObject({
    transitions: LadderSchema,
    /** Days after which noncurrent versions go for good; where it is left out, none is ever deleted. */
    expirationDays: optional(pipe(DaysSchema, minValue(1))),
    /** The number of the newest noncurrent versions that a rule may leave alone; S3 counts to 100. */
    keptNewest: optional(pipe(number(), integer(), minValue(0), maxValue(100)), 0),
  }),
  check(({ transitions, expirationDays }) => {
    const last = transitions.at(-1);
    if (last === undefined || expirationDays === undefined) return true;
    return expirationDays >= last.days + MINIMUM_DURATION_DAYS[last.storageClass];
  }, 'Noncurrent versions have to stay for the minimum storage duration of their last class'),
);

/** The lifecycle policy that buckets are held to. */
export const LifecyclePolicySchema = strictObject({
  version: literal(1),
  name: TagKeySchema,
  transitions: pipe(LadderSchema, minLength(1)),
  acceptedAlternatives: array(
    strictObject({
      storageClass: picklist(TRANSITION_CLASSES),
      standsFor: array(picklist(TRANSITION_CLASSES)),
    }),
  ),
  /** Rules need not move objects that are smaller: STANDARD_IA bills 128 KiB at least. */
  ignoredBelowBytes: pipe(number(), integer(), minValue(0)),
  abortIncompleteUploadsAfterDays: pipe(DaysSchema, minValue(1)),
  noncurrentVersions: NoncurrentSchema,
  expiredDeleteMarkers: picklist(['remove', 'keep']),
  exemption: strictObject({ reasonTag: TagKeySchema, untilTag: TagKeySchema }),
  /** The tag whose value `auto` lets a bucket be repaired without asking. */
  repairTag: TagKeySchema,
  rulesWarnAt: pipe(number(), integer(), minValue(1), maxValue(1_000)),
});

/** The lifecycle policy that buckets are held to. */
export type LifecyclePolicy = InferOutput<typeof LifecyclePolicySchema>;

/** One step of a policy: after so many days in so cold a class. */
export interface LadderStep {
  readonly storageClass: TransitionClass;
  readonly days: number;
}

/** A policy that S3 would refuse to carry out, or that does not parse. */
export class InvalidLifecyclePolicyError extends Error {
  override readonly name = 'InvalidLifecyclePolicyError';
}

/**
 * Reads a policy, and holds it against S3's own constraints.
 * @throws {InvalidLifecyclePolicyError} With everything that is wrong with it.
 */
export function parsePolicy(json: unknown): LifecyclePolicy {
  const parsed = safeParse(LifecyclePolicySchema, json);
  if (parsed.success) return parsed.output;
  throw new InvalidLifecyclePolicyError(
    `Cannot use the lifecycle policy: ${problemsText(inputProblems(parsed.issues))}`,
  );
}

/**
 * Reads a policy from JSON text.
 * @throws {InvalidLifecyclePolicyError} When it is no JSON, or no policy.
 */
export function parsePolicyText(text: string): LifecyclePolicy {
  const json = parseJson(text);
  if (json === undefined) {
    throw new InvalidLifecyclePolicyError('Cannot use the lifecycle policy: it is not valid JSON');
  }
  return parsePolicy(json);
}

/** The policy where no other is configured. */
export const DEFAULT_POLICY: LifecyclePolicy = parsePolicy(defaultPolicy);

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.slice(1).flatMap((item, index) => {
    const before = items[index];
    return before === undefined ? [] : [[before, item] as const];
  });
}
