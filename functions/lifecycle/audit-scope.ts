import {
  array,
  type InferOutput,
  maxLength,
  minLength,
  object,
  optional,
  pipe,
  regex,
  strictObject,
  string,
} from 'valibot';

/** A bucket's name, as loosely as S3 ever took it. */
export const BucketNameSchema = pipe(string(), regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/));
const RegionSchema = pipe(string(), regex(/^[a-z]{2}(-[a-z]+)+-\d$/));

/** An account to look into, and the role to do so; the platform's own account needs none. */
export const AccountSchema = strictObject({
  accountId: pipe(string(), regex(/^\d{12}$/)),
  roleArn: optional(pipe(string(), regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/))),
});

/** An account to look into. */
export type Account = InferOutput<typeof AccountSchema>;

/** Which buckets an audit is about; all of them where nothing is said. */
export const AuditScopeSchema = object({
  buckets: optional(pipe(array(BucketNameSchema), minLength(1), maxLength(100))),
  region: optional(RegionSchema),
  tag: optional(strictObject({ key: pipe(string(), minLength(1)), value: optional(string()) })),
});

/** Which buckets an audit is about. */
export type AuditScope = InferOutput<typeof AuditScopeSchema>;

/** Returns whether an audit is about every bucket. */
export function isEverything({ buckets, region, tag }: AuditScope): boolean {
  return buckets === undefined && region === undefined && tag === undefined;
}

/** Writes a scope as people read it. */
export function scopeSentence({ buckets, region, tag }: AuditScope): string {
  const parts = [
    ...(buckets === undefined
      ? []
      : [buckets.length === 1 ? buckets[0] : `${buckets.length} buckets`]),
    ...(region === undefined ? [] : [`Region ${region}`]),
    ...(tag === undefined
      ? []
      : [`tag ${tag.key}${tag.value === undefined ? '' : `=${tag.value}`}`]),
  ];
  return parts.length === 0 ? 'all buckets' : parts.join(', ');
}
