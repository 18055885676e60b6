import type { LifecycleRule, LifecycleRuleFilter, Tag } from '@aws-sdk/client-s3';
import { invalidArgument, invalidRequest, malformedXml } from '../s3-errors.ts';

/** The conditions that a filter puts on an object, wherever its members stand. */
export interface FilterScope {
  readonly prefix: string | undefined;
  readonly tags: readonly Tag[];
  readonly greaterThan: number | undefined;
  readonly lessThan: number | undefined;
}

/** Reads a filter, with or without `And`. */
export function scopeOf(filter: LifecycleRuleFilter): FilterScope {
  const { And: and, Tag: tag } = filter;
  const from = and ?? filter;
  return {
    prefix: from.Prefix,
    tags: and?.Tags ?? (tag === undefined ? [] : [tag]),
    greaterThan: from.ObjectSizeGreaterThan,
    lessThan: from.ObjectSizeLessThan,
  };
}

/** Names a rule's filter as S3's messages do, such as `filter '(prefix=logs/)'`. */
export function filterText({ Filter: filter, Prefix: base }: LifecycleRule): string {
  if (filter === undefined) return `prefix '${base ?? ''}'`;
  const { prefix, tags, greaterThan, lessThan } = scopeOf(filter);
  const parts = [
    ...(prefix === undefined ? [] : [`prefix=${prefix}`]),
    ...tags.map(({ Key: key, Value: value }) => `tag={key=${key}, value=${value}}`),
    ...(greaterThan === undefined ? [] : [`objectsizegreaterthan=${greaterThan}`]),
    ...(lessThan === undefined ? [] : [`objectsizelessthan=${lessThan}`]),
  ];
  return `filter '(${parts.join(' and ')})'`;
}

// AWS: "LifecycleRuleFilter": 1 PB at the most.
const MAX_SIZE_BYTES = 1_099_511_627_776_000;
const MAX_PREFIX_LENGTH = 1_024;

/** Checks a rule's filter. @throws {AwsError} S3's own refusal. */
export function checkFilter(filter: LifecycleRuleFilter): void {
  const members = Object.values(filter).filter((member) => member !== undefined);
  if (members.length > 1) throw malformedXml();
  const scope = scopeOf(filter);
  if (filter.And !== undefined && predicatesIn(scope) < 2) throw malformedXml();
  checkPrefix(scope.prefix);
  checkSizes(scope);
  checkTags(scope.tags);
}

/** Checks the prefix of either form. @throws {AwsError} `InvalidArgument`. */
export function checkPrefix(prefix = ''): void {
  if (Buffer.byteLength(prefix) <= MAX_PREFIX_LENGTH) return;
  throw invalidArgument(
    `Rule prefix cannot be longer than maximum allowed key length of ${MAX_PREFIX_LENGTH}`,
  );
}

function predicatesIn({ prefix, tags, greaterThan, lessThan }: FilterScope): number {
  const single = [prefix, greaterThan, lessThan].filter((value) => value !== undefined);
  return single.length + tags.length;
}

function checkSizes({ greaterThan, lessThan }: FilterScope): void {
  checkSize('ObjectSizeGreaterThan', greaterThan, 0);
  checkSize('ObjectSizeLessThan', lessThan, 1);
  if (greaterThan === undefined || lessThan === undefined || greaterThan < lessThan) return;
  throw invalidRequest(
    "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
  );
}

function checkSize(name: string, sizeBytes: number | undefined, min: number): void {
  if (sizeBytes === undefined) return;
  if (!Number.isInteger(sizeBytes)) throw malformedXml();
  if (sizeBytes < min || sizeBytes > MAX_SIZE_BYTES) {
    throw invalidRequest(`'${name}' should be between ${min} and ${MAX_SIZE_BYTES}.`);
  }
}

function checkTags(tags: readonly Tag[]): void {
  for (const { Key: key, Value: value } of tags) {
    if (key === undefined || value === undefined) throw malformedXml();
    if (key.length === 0 || key.length > 128) {
      throw invalidRequest("A Tag's Key must be a length between 1 and 128.");
    }
    if (value.length > 256) {
      throw invalidRequest("A Tag's Value must be a length between 0 and 256.");
    }
  }
  if (new Set(tags.map(({ Key: key }) => key)).size < tags.length) {
    throw invalidRequest('Duplicate Tag Keys are not allowed.');
  }
}
