import type {
  GetBucketLifecycleConfigurationCommandOutput,
  PutBucketLifecycleConfigurationCommandInput,
  PutBucketLifecycleConfigurationCommandOutput,
  TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3';
import type { Bucket, LifecycleConfiguration } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { BucketInput, S3Output } from '../buckets.ts';
import {
  invalidBucketState,
  invalidRequest,
  malformedXml,
  noSuchLifecycleConfiguration,
} from '../s3-errors.ts';
import { checkLifecycleRules } from './check-rules.ts';
import { changeTo, readAt } from './eventual.ts';

/** GetBucketLifecycleConfiguration. @throws {AwsError} `NoSuchLifecycleConfiguration`. */
export function getBucketLifecycleConfiguration(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): S3Output<GetBucketLifecycleConfigurationCommandOutput> {
  const lifecycle = readAt(store.get(name).lifecycle, store.now().getTime());
  if (lifecycle === undefined) throw noSuchLifecycleConfiguration();
  return {
    Rules: [...lifecycle.rules],
    TransitionDefaultMinimumObjectSize: lifecycle.minimumObjectSize,
  };
}

/** PutBucketLifecycleConfiguration: replaces all rules; a rule without an ID gets one. */
export function putBucketLifecycleConfiguration(
  store: BucketStore,
  input: PutBucketLifecycleConfigurationCommandInput,
  uuid: () => string,
): S3Output<PutBucketLifecycleConfigurationCommandOutput> {
  const bucket = store.get(input.Bucket);
  const lifecycle = checkLifecycle(
    {
      Rules: withDates(input.LifecycleConfiguration?.Rules),
      TransitionDefaultMinimumObjectSize: input.TransitionDefaultMinimumObjectSize,
    },
    uuid,
  );
  // AWS: "Lifecycle and other bucket configurations": not on buckets with MFA delete.
  if (bucket.mfaDelete) {
    throw invalidBucketState(
      'Lifecycle configuration is not supported on a bucket with Mfa Authentication enabled.',
    );
  }
  change(store, bucket, lifecycle);
  return { TransitionDefaultMinimumObjectSize: lifecycle.minimumObjectSize };
}

/** A workflow writes dates as texts, where the SDKs have read them already. */
function withDates(rules: PutRules): PutRules {
  if (rules !== undefined && !Array.isArray(rules)) throw malformedXml();
  return rules?.map((rule) => {
    const { Expiration: expiration, Transitions: transitions } = rule;
    if (transitions !== undefined && !Array.isArray(transitions)) throw malformedXml();
    return {
      ...rule,
      ...(expiration && { Expiration: withDate(expiration) }),
      ...(transitions && { Transitions: transitions.map(withDate) }),
    };
  });
}

function withDate<T extends { readonly Date?: Date | undefined }>(action: T): T {
  const date: unknown = action.Date;
  if (date === undefined || date instanceof Date) return action;
  if (typeof date !== 'string' || Number.isNaN(Date.parse(date))) throw malformedXml();
  return { ...action, Date: new Date(date) };
}

/** DeleteBucketLifecycle. */
export function deleteBucketLifecycle(store: BucketStore, { Bucket: name }: BucketInput): object {
  change(store, store.get(name), undefined);
  return {};
}

function change(
  store: BucketStore,
  bucket: Bucket,
  lifecycle: LifecycleConfiguration | undefined,
): void {
  const times = { nowMs: store.now().getTime(), delayMs: bucket.profile.propagationMs };
  bucket.lifecycle = changeTo(bucket.lifecycle, lifecycle, times);
}

/** A configuration as the API takes it. */
export interface GivenLifecycle {
  readonly Rules: PutRules;
  readonly TransitionDefaultMinimumObjectSize?: string | undefined;
}

type PutRules = Parameters<typeof checkLifecycleRules>[0];

const MINIMUM_SIZES = [
  'all_storage_classes_128K',
  'varies_by_storage_class',
] as const satisfies readonly TransitionDefaultMinimumObjectSize[];

/**
 * Checks a whole configuration, and names its rules where they have no ID.
 * @throws {AwsError} S3's own refusal of the first fault.
 */
export function checkLifecycle(given: GivenLifecycle, uuid: () => string): LifecycleConfiguration {
  const rules = checkLifecycleRules(given.Rules);
  // AWS: since September 2024 the default for whoever says nothing else.
  const { TransitionDefaultMinimumObjectSize: asked = MINIMUM_SIZES[0] } = given;
  const minimumObjectSize = MINIMUM_SIZES.find((known) => known === asked);
  if (minimumObjectSize === undefined) {
    throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${asked}`);
  }
  // AWS: an ID of S3's own making is the Base64 of a UUID.
  const newId = (): string => Buffer.from(uuid()).toString('base64');
  return { rules: rules.map((rule) => ({ ...rule, ID: rule.ID || newId() })), minimumObjectSize };
}
