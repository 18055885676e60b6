import type {
  LifecycleRule,
  LifecycleRuleFilter,
  ObjectLockConfiguration,
  Tag,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../core/aws-error.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Caller } from '../../core/service.ts';

/** A call that changed a bucket, or was refused, as CloudTrail takes it. */
export interface ApiCall {
  /** Such as `s3.amazonaws.com`. */
  readonly eventSource: string;
  /** CloudTrail's name of the action, such as `PutBucketLifecycle`. */
  readonly eventName: string;
  readonly region: string;
  readonly caller: Caller;
  readonly requestParameters: JsonObject;
  readonly resources: readonly { readonly type: string; readonly arn: string }[];
  readonly error: AwsError | undefined;
}

// AWS: "Amazon S3 bucket-level actions tracked by CloudTrail logging": some are called otherwise there.
const EVENT_NAMES: Readonly<Record<string, string>> = {
  CreateBucket: 'CreateBucket',
  DeleteBucket: 'DeleteBucket',
  DeleteBucketLifecycle: 'DeleteBucketLifecycle',
  DeleteBucketTagging: 'DeleteBucketTagging',
  PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
  PutBucketTagging: 'PutBucketTagging',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutBucketVersioning: 'PutBucketVersioning',
};

/** The members of input that CloudTrail records of actions that change a bucket. */
export interface ChangeInput {
  readonly Bucket?: string | undefined;
  readonly CreateBucketConfiguration?: { readonly LocationConstraint?: string | undefined };
  readonly LifecycleConfiguration?: { readonly Rules?: readonly LifecycleRule[] | undefined };
  readonly ObjectLockConfiguration?: ObjectLockConfiguration;
  readonly Tagging?: { readonly TagSet?: readonly Tag[] | undefined };
  readonly VersioningConfiguration?: {
    readonly Status?: string | undefined;
    readonly MFADelete?: string | undefined;
  };
}

/** Writes a call as CloudTrail's management event of S3 has it; undefined for actions that change no bucket. */
export function apiCallOf(
  action: string,
  input: ChangeInput,
  about: { readonly region: string; readonly caller: Caller; readonly error: unknown },
): ApiCall | undefined {
  const eventName = EVENT_NAMES[action];
  if (eventName === undefined) return undefined;
  const { Bucket: bucket = '' } = input;
  const { region, caller, error } = about;
  return {
    eventSource: 's3.amazonaws.com',
    eventName,
    region,
    caller,
    requestParameters: {
      bucketName: bucket,
      Host: `s3.${region}.amazonaws.com`,
      ...parametersOf(action, input),
    },
    resources:
      action === 'CreateBucket' ? [] : [{ type: 'AWS::S3::Bucket', arn: `arn:aws:s3:::${bucket}` }],
    error: error instanceof AwsError ? error : undefined,
  };
}

const XMLNS = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The query's flag, and the body as the elements of its XML. */
function parametersOf(action: string, input: ChangeInput): JsonObject {
  switch (action) {
    case 'CreateBucket': {
      const { LocationConstraint: place } = input.CreateBucketConfiguration ?? {};
      if (place === undefined) return {};
      return { CreateBucketConfiguration: { xmlns: XMLNS, LocationConstraint: place } };
    }
    case 'PutBucketLifecycleConfiguration':
      return { lifecycle: '', LifecycleConfiguration: lifecycleOf(input) };
    case 'DeleteBucketLifecycle':
      return { lifecycle: '' };
    case 'PutBucketTagging':
      return { tagging: '', Tagging: taggingOf(listOf(input.Tagging?.TagSet)) };
    case 'PutObjectLockConfiguration': {
      const element = { xmlns: XMLNS, ...input.ObjectLockConfiguration };
      return { 'object-lock': '', ObjectLockConfiguration: elementOf(element) };
    }
    case 'DeleteBucketTagging':
      return { tagging: '' };
    case 'PutBucketVersioning': {
      const { Status: status, MFADelete: mfaDelete } = input.VersioningConfiguration ?? {};
      const element = { xmlns: XMLNS, Status: status, MfaDelete: mfaDelete };
      return { versioning: '', VersioningConfiguration: elementOf(element) };
    }
    default:
      return {};
  }
}

function taggingOf(tags: readonly Tag[]): Json {
  return { xmlns: XMLNS, TagSet: tags.length === 0 ? '' : { Tag: repeated(tags) } };
}

function lifecycleOf({ LifecycleConfiguration: configuration }: ChangeInput): Json {
  const rules = listOf(configuration?.Rules).map(
    ({
      Transitions: transitions,
      NoncurrentVersionTransitions: noncurrent,
      Filter: filter,
      ...rule
    }) => ({
      ...rule,
      ...(filter === undefined ? {} : { Filter: filterOf(filter) }),
      ...(transitions === undefined ? {} : { Transition: repeated(transitions) }),
      ...(noncurrent === undefined ? {} : { NoncurrentVersionTransition: repeated(noncurrent) }),
    }),
  );
  return { xmlns: XMLNS, ...(rules.length === 0 ? {} : { Rule: repeated(rules) }) };
}

function filterOf(filter: LifecycleRuleFilter): object | string {
  const { And: and, ...members } = filter;
  if (and !== undefined) {
    const { Tags: tags, ...scope } = and;
    return { And: { ...scope, ...(tags === undefined ? {} : { Tag: repeated(tags) }) } };
  }
  return Object.values(members).every((member) => member === undefined) ? '' : members;
}

/** Input that S3 refused need not have the form that its API asks for. */
function listOf<T>(items: readonly T[] | undefined): readonly T[] {
  return Array.isArray(items) ? items : [];
}

/** CloudTrail: an element is a list only where it occurs more than once. */
function repeated(elements: readonly object[]): Json {
  const all = listOf(elements);
  return all.length === 1 ? elementOf(all[0]) : all.map(elementOf);
}

/** Dates as the XML has them; what is undefined is not there. */
function elementOf(element: object | undefined): Json {
  return JSON.parse(JSON.stringify(element ?? ''));
}
