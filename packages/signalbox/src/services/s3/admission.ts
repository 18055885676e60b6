import type { AwsError } from '../../core/aws-error.ts';
import type { Caller } from '../../core/service.ts';
import type { Bucket } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import { iamActionsOf } from './iam-actions.ts';
import { accessDenied, noSuchBucket, notFound, permanentRedirect, slowDown } from './s3-errors.ts';
import type { Faults } from './simulated/faults.ts';

/** Whoever asks for a bucket, and what they say of it. */
export interface AskedBucket {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

/** Says whether a call gets as far as its action. */
export interface Admission {
  /** @throws {AwsError} S3's own refusal, whatever the action. */
  admit(action: string, input: AskedBucket, caller: Caller): void;
}

// They are asked of the account, or make the bucket that they name.
const WITHOUT_BUCKET: ReadonlySet<string> = new Set(['CreateBucket', 'ListBuckets']);

/** Makes the checks that every call goes through: pace, existence, Region, owner and policy. */
export function createAdmission(store: BucketStore, faults: Faults, accountId: string): Admission {
  return {
    admit(action, input, caller) {
      if (faults.throttles(input.Bucket)) throw slowDown();
      if (WITHOUT_BUCKET.has(action)) return;
      const { Bucket: name = '', ExpectedBucketOwner: owner } = input;
      const bucket = faults.hides(name) ? undefined : store.find(name);
      if (bucket === undefined) throw missing(action, name);
      checkRegion(action, bucket, caller.region ?? store.region);
      const owners = [owner, input.ExpectedSourceBucketOwner];
      if (owners.some((one) => one !== undefined && one !== accountId)) throw accessDenied();
      const needed = iamActionsOf(action, input);
      const isDenied = (one: string) => bucket.profile.denied.some((denied) => fits(denied, one));
      const [first] = faults.denies(name) ? needed : needed.filter(isDenied);
      if (first !== undefined) throw denied(first, name, caller);
    },
  };
}

function missing(action: string, name: string): AwsError {
  // AWS: the response to HEAD has no body, and so says no more than its status.
  return action.startsWith('Head') ? notFound() : noSuchBucket(name);
}

function checkRegion(action: string, { name, region }: Bucket, asked: string): void {
  if (region === asked || action === 'GetBucketLocation') return;
  throw permanentRedirect(name, region);
}

/** IAM: `s3:*` and `s3:Get*` stand for many. */
function fits(denied: string, action: string): boolean {
  if (!denied.endsWith('*')) return denied === action;
  return action.startsWith(denied.slice(0, -1));
}

function denied(iamAction: string, name: string, { arn }: Caller): AwsError {
  return accessDenied(
    `User: ${arn} is not authorized to perform: ${iamAction} on resource: "arn:aws:s3:::${name}" with an explicit deny in a resource-based policy`,
  );
}
