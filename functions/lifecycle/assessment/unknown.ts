/** The reason why a bucket could not be looked at; never taken for a verdict on its lifecycle. */
export const UNKNOWN_REASONS = [
  'ACCESS_DENIED',
  'NO_SUCH_BUCKET',
  'REDIRECTED',
  'THROTTLED',
  'UNREACHABLE',
  'OUT_OF_TIME',
  'BATCH_FAILED',
  'ERROR',
] as const;

/** The kinds of reasons why a bucket could not be looked at. */
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** The reason why a bucket could not be looked at, and the message of the refusal. */
export interface Unknown {
  readonly reason: UnknownReason;
  /** One sentence for people: the call and the error's name, and no more of it. */
  readonly sentence: string;
}

const BY_NAME: Readonly<Record<string, UnknownReason>> = {
  AccessDenied: 'ACCESS_DENIED',
  AccessDeniedException: 'ACCESS_DENIED',
  AllAccessDisabled: 'ACCESS_DENIED',
  AuthorizationHeaderMalformed: 'REDIRECTED',
  ExpiredToken: 'ACCESS_DENIED',
  Forbidden: 'ACCESS_DENIED',
  IllegalLocationConstraintException: 'REDIRECTED',
  InvalidAccessKeyId: 'ACCESS_DENIED',
  NoSuchBucket: 'NO_SUCH_BUCKET',
  NotFound: 'NO_SUCH_BUCKET',
  PermanentRedirect: 'REDIRECTED',
  RequestLimitExceeded: 'THROTTLED',
  RequestTimeout: 'UNREACHABLE',
  ServiceUnavailable: 'THROTTLED',
  SlowDown: 'THROTTLED',
  TemporaryRedirect: 'REDIRECTED',
  Throttling: 'THROTTLED',
  ThrottlingException: 'THROTTLED',
  TimeoutError: 'UNREACHABLE',
  TooManyRequestsException: 'THROTTLED',
  UnauthorizedAccess: 'ACCESS_DENIED',
};

/** Says why a call failed, by the name that S3 gives its error; its status where it has none. */
export function unknownBy(call: string, error: unknown): Unknown {
  const name = error instanceof Error ? error.name : 'Error';
  const reason = BY_NAME[name] ?? byStatus(statusOf(error)) ?? byCode(error) ?? 'ERROR';
  return { reason, sentence: `${call} was answered by ${name}.` };
}

function byStatus(status: number | undefined): UnknownReason | undefined {
  switch (status) {
    case 301:
    case 307:
      return 'REDIRECTED';
    case 403:
      return 'ACCESS_DENIED';
    case 429:
    case 503:
      return 'THROTTLED';
    default:
      return undefined;
  }
}

/** Node's own errors of the network carry a code, such as `ECONNREFUSED`. */
function byCode(error: unknown): UnknownReason | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? 'UNREACHABLE' : undefined;
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode)
    : undefined;
}
