import { listOf, mapOf, Text } from '../../core/schema/schema.ts';
import { isLike, sortedText } from '../difference.ts';
import { expectationKind } from '../scenario-extension.ts';
import type { Stage } from '../stage.ts';

/** Keys of objects that come to buckets, by the logical ids of the buckets; a `*` stands for whatever is there. */
export const objects = expectationKind(mapOf(listOf(Text)), async (expected, { stage }) => {
  const buckets = Object.keys(expected);
  const before = new Set((await readAll(stage, buckets)).flatMap(({ names }) => names));
  return async () => {
    const came = (await readAll(stage, buckets)).map(({ bucket, keys, names }) => ({
      bucket,
      keys: keys.filter((_, index) => !before.has(names[index] ?? '')),
    }));
    const differences = came.flatMap(({ bucket, keys }) =>
      (expected[bucket] ?? [])
        .filter((pattern) => !keys.some((key) => isLike(pattern, key)))
        .map((pattern) => `object ${pattern} in ${bucket}: got ${sortedText(keys)}`),
    );
    return { found: Object.fromEntries(came.map((one) => [one.bucket, one.keys])), differences };
  };
});

/** Reads the keys of buckets, and names that are different for equal keys in different buckets. */
async function readAll(stage: Stage, buckets: readonly string[]) {
  return Promise.all(
    buckets.map(async (bucket) => {
      const keys = await readKeys(stage, bucket);
      return { bucket, keys, names: keys.map((key) => `${bucket} ${key}`) };
    }),
  );
}

async function readKeys({ client, physicalId }: Stage, bucket: string): Promise<readonly string[]> {
  const { paginateListObjectsV2, S3Client } = await import('@aws-sdk/client-s3');
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const keys: string[] = [];
  const input = { Bucket: physicalId(bucket) };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, input)) {
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  }
  return keys;
}
