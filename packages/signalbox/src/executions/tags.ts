import type { Tag } from '@aws-sdk/client-sfn';
import type { KeptMaps } from '../core/kept-maps.ts';

/** The tags of machines and activities by ARN. */
export interface Tags {
  set(arn: string, tags: readonly Tag[]): void;
  unset(arn: string, keys: readonly string[]): void;
  of(arn: string): Tag[];
  clear(arn: string): void;
}

/** Creates the tags, with those that were kept. */
export function createTags(maps: KeptMaps): Tags {
  const byArn = maps.map<ReadonlyMap<string, string>>('states/tags');
  return {
    set(arn, tags) {
      if (tags.length === 0) return;
      const all = new Map(byArn.get(arn));
      for (const { key = '', value = '' } of tags) all.set(key, value);
      byArn.set(arn, all);
    },
    unset(arn, keys) {
      const left = [...(byArn.get(arn) ?? [])].filter(([key]) => !keys.includes(key));
      byArn.set(arn, new Map(left));
    },
    of: (arn) => [...(byArn.get(arn) ?? [])].map(([key, value]) => ({ key, value })),
    clear: (arn) => void byArn.delete(arn),
  };
}
