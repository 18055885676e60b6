import type { GetBucketPolicyStatusCommandOutput } from '@aws-sdk/client-s3';
import { isJsonObject, type Json } from '../../core/json.ts';
import { statementsIn } from '../../core/policy/statements.ts';
import type { BucketStore } from './bucket-store.ts';
import type { BucketInput, S3Output } from './buckets.ts';
import { noSuchBucketPolicy } from './s3-errors.ts';

/** GetBucketPolicyStatus: whether the policy lets everybody in. @throws {AwsError} `NoSuchBucketPolicy`. */
export function getBucketPolicyStatus(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): S3Output<GetBucketPolicyStatusCommandOutput> {
  const { statements } = statementsIn(policyOf(store, name));
  return { PolicyStatus: { IsPublic: statements.some(letsEverybodyIn) } };
}

function policyOf(store: BucketStore, name: string | undefined): string {
  const { policy } = store.get(name);
  if (policy === undefined) throw noSuchBucketPolicy();
  return policy;
}

// AWS, "The meaning of public": a principal * without a condition of fixed values. Conditions of any kind count as such here.
function letsEverybodyIn(statement: Json): boolean {
  if (!isJsonObject(statement)) return false;
  const { Effect: effect, Principal: principal, Condition: condition } = statement;
  if (effect !== 'Allow' || condition !== undefined) return false;
  const named = isJsonObject(principal) ? principal['AWS'] : principal;
  return Array.isArray(named) ? named.includes('*') : named === '*';
}
