import type { Tag } from '@aws-sdk/client-sfn';

/** The tags of machines and activities by ARN. */
export interface Tags {
  set(arn: string, tags: readonly Tag[]): void;
  unset(arn: string, keys: readonly string[]): void;
  of(arn: string): Tag[];
  clear(arn: string): void;
}

/** Creates an empty set of tags. */
export function createTags(): Tags {
  const byArn = new Map<string, Map<string, string>>();
  return {
    set(arn, tags) {
      const all = byArn.get(arn) ?? new Map<string, string>();
      for (const { key = '', value = '' } of tags) all.set(key, value);
      byArn.set(arn, all);
    },
    unset(arn, keys) {
      for (const key of keys) byArn.get(arn)?.delete(key);
    },
    of: (arn) => [...(byArn.get(arn) ?? [])].map(([key, value]) => ({ key, value })),
    clear: (arn) => void byArn.delete(arn),
  };
}
