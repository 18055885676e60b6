import { AwsError } from '../../core/aws-error.ts';
import { headerOf, type WireRequest } from './wire-message.ts';

/** The signer of a request, and the service that it is for. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** Signing name, such as `states`. */
  readonly service: string;
  /** Undefined in Signature Version 4A, which leaves it out. */
  readonly region: string | undefined;
}

/**
 * Reads the credential scope of Signature Version 4 from the Authorization header or a presigned URL.
 * @throws {AwsError} MissingAuthenticationToken without one, IncompleteSignature for one that does not parse.
 */
export function credentialScopeOf(
  request: Pick<WireRequest, 'headers' | 'query'>,
): CredentialScope {
  const old = signature2Of(request);
  if (old !== undefined) return { accessKeyId: old, service: 's3', region: undefined };
  const header = headerOf(request, 'authorization');
  const presigned = request.query.get('X-Amz-Credential');
  if (header === undefined && presigned === null) {
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token');
  }
  const credential = presigned ?? /\bCredential=([^,\s]+)/.exec(header ?? '')?.[1] ?? '';
  // The asymmetric SigV4a leaves the region out.
  const scope = /^([^/]+)\/\d{8}\/(?:([^/]+)\/)?([^/]+)\/aws4_request$/.exec(credential);
  const [, accessKeyId, region, service] = scope ?? [];
  if (accessKeyId === undefined || service === undefined) {
    throw new AwsError(
      'IncompleteSignature',
      `Credential must be <access key>/<date>/<region>/<service>/aws4_request, found "${credential}"`,
    );
  }
  return { accessKeyId, service, region };
}

/** The access key of Signature Version 2, which Amazon S3 takes still, in a presigned URL too. */
function signature2Of(request: Pick<WireRequest, 'headers' | 'query'>): string | undefined {
  const { query } = request;
  if (query.has('Signature') && query.has('Expires'))
    return query.get('AWSAccessKeyId') ?? undefined;
  return /^AWS ([^:\s]+):/.exec(headerOf(request, 'authorization') ?? '')?.[1];
}

/** The credential scope of a request as far as it can be read. */
export function claimedScope(
  request: Pick<WireRequest, 'headers' | 'query'>,
): CredentialScope | undefined {
  try {
    return credentialScopeOf(request);
  } catch {
    return undefined;
  }
}
