import type { LifecycleRule } from '@aws-sdk/client-s3';

/** Which objects a rule is about. */
export interface RuleScope {
  readonly prefix: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Bytes; objects of exactly this size are not meant. */
  readonly largerThan: number | undefined;
  /** Bytes; objects of exactly this size are not meant. */
  readonly smallerThan: number | undefined;
}

/** Reads the scope of a rule in its old form (`Prefix`) or its new one (`Filter`). */
export function scopeOf({ Filter: filter, Prefix: prefix }: LifecycleRule): RuleScope {
  const all = filter?.And;
  const tags = [...(all?.Tags ?? []), ...(filter?.Tag === undefined ? [] : [filter.Tag])];
  return {
    prefix: prefix ?? filter?.Prefix ?? all?.Prefix ?? '',
    tags: tags.map(({ Key: key = '', Value: value = '' }) => ({ key, value })),
    largerThan: filter?.ObjectSizeGreaterThan ?? all?.ObjectSizeGreaterThan,
    smallerThan: filter?.ObjectSizeLessThan ?? all?.ObjectSizeLessThan,
  };
}

/** Returns whether a rule is about objects by their size alone, or about all of them. */
export function isForAnyKey({ prefix, tags }: RuleScope): boolean {
  return prefix === '' && tags.length === 0;
}

/** Returns whether a rule is about every object. */
export function isWhole(scope: RuleScope): boolean {
  return isForAnyKey(scope) && scope.largerThan === undefined && scope.smallerThan === undefined;
}

/** Returns whether a scope holds objects of a size, in bytes. */
export function holdsSize({ largerThan, smallerThan }: RuleScope, sizeBytes: number): boolean {
  return (
    (largerThan === undefined || sizeBytes > largerThan) &&
    (smallerThan === undefined || sizeBytes < smallerThan)
  );
}

/** Returns whether every object of the inner scope is in the outer one, too. */
export function isWithin(inner: RuleScope, outer: RuleScope): boolean {
  return (
    inner.prefix.startsWith(outer.prefix) &&
    outer.tags.every(({ key, value }) =>
      inner.tags.some((tag) => tag.key === key && tag.value === value),
    ) &&
    (outer.largerThan ?? -1) <= (inner.largerThan ?? -1) &&
    (outer.smallerThan ?? Number.POSITIVE_INFINITY) >=
      (inner.smallerThan ?? Number.POSITIVE_INFINITY)
  );
}

/** Writes a scope as people read it, such as `logs/ with tag a=b`; the whole bucket is `everything`. */
export function scopeText({ prefix, tags, largerThan, smallerThan }: RuleScope): string {
  const parts = [
    ...tags.map(({ key, value }) => `tag ${key}=${value}`),
    ...(largerThan === undefined ? [] : [`over ${largerThan} bytes`]),
    ...(smallerThan === undefined ? [] : [`under ${smallerThan} bytes`]),
  ];
  if (parts.length === 0) return prefix === '' ? 'everything' : prefix;
  return `${prefix === '' ? 'objects' : prefix} with ${parts.join(' and ')}`;
}
