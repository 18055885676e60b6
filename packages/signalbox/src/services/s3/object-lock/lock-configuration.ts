import type {
  GetObjectLockConfigurationCommandOutput,
  ObjectLockConfiguration,
  PutObjectLockConfigurationCommandInput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../../core/aws-error.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { BucketInput, S3Output } from '../buckets.ts';
import { invalidArgument, invalidBucketState, malformedXml } from '../s3-errors.ts';
import type { BucketLock } from './object-lock.ts';

const MAX_DAYS = 36_500;
const MAX_YEARS = 100;

/** GetObjectLockConfiguration. @throws {AwsError} `ObjectLockConfigurationNotFoundError`. */
export function getObjectLockConfiguration(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): S3Output<GetObjectLockConfigurationCommandOutput> {
  const bucket = store.get(name);
  if (bucket.lock === undefined) {
    throw new AwsError(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
      { BucketName: bucket.name },
    );
  }
  const { defaultRetention } = bucket.lock;
  const Rule = defaultRetention && {
    DefaultRetention: {
      Mode: defaultRetention.mode,
      ...(defaultRetention.days !== undefined && { Days: defaultRetention.days }),
      ...(defaultRetention.years !== undefined && { Years: defaultRetention.years }),
    },
  };
  return { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...(Rule && { Rule }) } };
}

/**
 * PutObjectLockConfiguration: without a rule the default retention is gone, and the object lock stays.
 * @throws {AwsError} `InvalidBucketState` without versioning, `MalformedXML`, `InvalidArgument`.
 */
export function putObjectLockConfiguration(
  store: BucketStore,
  { Bucket: name, ObjectLockConfiguration: configuration }: PutObjectLockConfigurationCommandInput,
): object {
  const bucket = store.get(name);
  if (bucket.versioning !== 'Enabled') {
    throw invalidBucketState(
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
  }
  bucket.lock = readLockConfiguration(configuration);
  return {};
}

/** Reads a configuration. @throws {AwsError} `MalformedXML`, `InvalidArgument`. */
export function readLockConfiguration(
  configuration: ObjectLockConfiguration | undefined,
): BucketLock {
  if (configuration?.ObjectLockEnabled !== 'Enabled') throw malformedXml();
  if (configuration.Rule === undefined) return {};
  const { Mode: mode, Days: days, Years: years } = configuration.Rule.DefaultRetention ?? {};
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') throw malformedXml();
  if ((days === undefined) === (years === undefined)) throw malformedXml();
  checkPeriod('Days', days, MAX_DAYS);
  checkPeriod('Years', years, MAX_YEARS);
  return {
    defaultRetention: {
      mode,
      ...(days !== undefined && { days }),
      ...(years !== undefined && { years }),
    },
  };
}

function checkPeriod(name: 'Days' | 'Years', period: number | undefined, max: number): void {
  if (period === undefined) return;
  if (!Number.isInteger(period) || period < 1) {
    throw invalidArgument('Default retention period must be a positive integer value.', name);
  }
  if (period > max) {
    throw invalidArgument(`Default retention period too large, the maximum is ${max}.`, name);
  }
}
