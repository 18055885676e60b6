import type { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from '../../core/aws-error.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { ServiceModel } from './service-model.ts';

/** An error as every protocol needs it. */
export interface ErrorShape {
  /** Its name in JSON and CBOR. */
  readonly name: string;
  /** Its name in the query protocol, such as `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly code: string;
  readonly status: number;
  readonly fault: 'Sender' | 'Receiver';
  /** Undefined for an error that the service's model does not know. */
  readonly schema: NormalizedSchema | undefined;
  readonly message: string;
  /** The error's members, the message under its modelled name. */
  readonly members: Readonly<Record<string, unknown>>;
}

// Errors whose status no model has: those that any service may return ("Common Errors" of the API
// references), and those of Amazon S3.
const COMMON_STATUS: Readonly<Record<string, number>> = {
  BucketNotEmpty: 409,
  InternalFailure: 500,
  InvalidBucketState: 409,
  InvalidRange: 416,
  MethodNotAllowed: 405,
  MissingAuthenticationToken: 403,
  NoSuchLifecycleConfiguration: 404,
  NoSuchBucketPolicy: 404,
  NoSuchObjectLockConfiguration: 404,
  NoSuchTagSet: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NotFound: 404,
  NotImplemented: 501,
  NotModified: 304,
  ObjectLockConfigurationNotFoundError: 404,
  PermanentRedirect: 301,
  PreconditionFailed: 412,
  RequestEntityTooLarge: 413,
  ServiceUnavailable: 503,
  SlowDown: 503,
};

/**
 * The names in JSON of errors that no model has, of services that spoke the query protocol before: botocore's
 * QueryErrorCode, as recorded.
 */
const QUERY_COMPATIBLE_NAMES: Readonly<Record<string, string>> = {
  InvalidParameterValue: 'InvalidParameterValueException',
  MissingParameter: 'MissingRequiredParameterException',
};

/** Looks an error up in its service's model. */
export function errorShapeOf(error: AwsError, model: ServiceModel | undefined): ErrorShape {
  const schema = model?.errors.get(error.name);
  const traits = schema?.getMergedTraits() ?? {};
  const [code, queryStatus] = queryErrorOf(traits['awsQueryError']);
  // AWS answers 400 over JSON, whatever its model kept of the query protocol (`ParameterNotFound` of SSM: 404).
  const modelled = model?.isJsonAlone === true ? undefined : queryStatus;
  const known = traits['httpError'] ?? modelled ?? ownMember(COMMON_STATUS, error.name);
  const status = typeof known === 'number' ? known : traits.error === 'server' ? 500 : 400;
  const isUnmodelled = schema === undefined && model?.queryCompatible === true;
  return {
    name: (isUnmodelled && ownMember(QUERY_COMPATIBLE_NAMES, error.name)) || error.name,
    code: code ?? error.name,
    status,
    fault: status < 500 ? 'Sender' : 'Receiver',
    schema,
    message: error.message,
    members: { ...error.fields, [messageMemberOf(schema)]: error.message },
  };
}

function queryErrorOf(trait: unknown): [string | undefined, number | undefined] {
  if (!Array.isArray(trait)) return [undefined, undefined];
  const [code, status]: unknown[] = trait;
  return [
    typeof code === 'string' ? code : undefined,
    typeof status === 'number' ? status : undefined,
  ];
}

function messageMemberOf(schema: NormalizedSchema | undefined): string {
  for (const [name] of schema?.structIterator() ?? []) {
    if (name.toLowerCase() === 'message') return name;
  }
  return 'message';
}
