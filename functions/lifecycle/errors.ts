/*
 * The names are literals because the workflows match on them: a minified bundle keeps neither a class's
 * name nor `constructor.name`.
 */

/** The event that started the audit or repair cannot be understood. */
export class InvalidAuditRequestError extends Error {
  override readonly name = 'InvalidAuditRequestError';
}

/** The accounts hold more pages of buckets than an audit follows. */
export class TooManyBucketsError extends Error {
  override readonly name = 'TooManyBucketsError';
}

/** S3 refused the lifecycle; nothing was changed. */
export class RepairRefusedError extends Error {
  override readonly name = 'RepairRefusedError';
}

/** The bucket cannot be looked at, so that it cannot be repaired either. */
export class BucketUnreadableError extends Error {
  override readonly name = 'BucketUnreadableError';
}
