import {
  type InferOutput,
  looseObject,
  object,
  optional,
  safeParse,
  string,
  unknown,
} from 'valibot';
import { inputProblems, problemsText } from '../../shared/problems.ts';
import { rulesInRequest } from '../assessment/cloud-trail-rules.ts';
import { BucketNameSchema } from '../audit-scope.ts';
import { InvalidAuditRequestError } from '../errors.ts';
import type { ForeignWrite } from '../repair/lifecycle-write.ts';

/** The input from the workflow: the whole CloudTrail event. */
export const MergeLostRulesSchema = object({ event: unknown(), executionArn: string() });

const TrailEventSchema = object({
  account: string(),
  region: string(),
  detail: looseObject({
    eventName: string(),
    eventTime: string(),
    awsRegion: optional(string()),
    userIdentity: optional(
      looseObject({
        arn: optional(string()),
        sessionContext: optional(
          looseObject({ sessionIssuer: optional(looseObject({ arn: optional(string()) })) }),
        ),
      }),
    ),
    requestParameters: looseObject({ bucketName: BucketNameSchema }),
  }),
});
type TrailEvent = InferOutput<typeof TrailEventSchema>;

/** A lifecycle that somebody put or deleted, as CloudTrail records it. */
export interface TrailWrite {
  readonly accountId: string;
  readonly bucket: string;
  readonly region: string;
  /** ARNs of the role and of its session, as far as they are known. */
  readonly callers: readonly string[];
  /** Undefined where the record does not say what was put. */
  readonly theirs: ForeignWrite | undefined;
}

/**
 * Reads who put what.
 * @throws {InvalidAuditRequestError} When it is no record of a bucket's lifecycle.
 */
export function trailWriteOf(event: unknown): TrailWrite {
  const parsed = safeParse(TrailEventSchema, event);
  if (!parsed.success) {
    throw new InvalidAuditRequestError(
      `Cannot read the CloudTrail record: ${problemsText(inputProblems(parsed.issues))}`,
    );
  }
  const { account, region, detail } = parsed.output;
  const { userIdentity, requestParameters, eventName, eventTime } = detail;
  const rules = eventName === 'DeleteBucketLifecycle' ? [] : rulesInRequest(requestParameters);
  const atMs = Date.parse(eventTime);
  return {
    accountId: account,
    bucket: requestParameters.bucketName,
    region: detail.awsRegion ?? region,
    callers: callersOf(userIdentity),
    theirs: rules === undefined || Number.isNaN(atMs) ? undefined : { atMs, rules },
  };
}

function callersOf(identity: TrailEvent['detail']['userIdentity']): readonly string[] {
  const arns = [identity?.arn, identity?.sessionContext?.sessionIssuer?.arn];
  return arns.flatMap((arn) => arn ?? []);
}

/** Returns whether one of our own functions wrote it: the roles are named by their names. */
export function isOurs(
  { callers }: Pick<TrailWrite, 'callers'>,
  roleNames: readonly string[],
): boolean {
  return callers.some((arn) =>
    roleNames.some(
      (role) => arn.includes(`:assumed-role/${role}/`) || arn.endsWith(`:role/${role}`),
    ),
  );
}
