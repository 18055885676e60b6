import * as v from 'valibot';
import type { Json } from '../../../core/json.ts';
import type { Problem } from '../../../core/result.ts';
import { readSection } from '../../../core/schema/read-section.ts';
import { fields, listOf, Text, whole } from '../../../core/schema/schema.ts';
import { type BucketSection, bucketSchema } from './bucket-section.ts';
import { MAX_STEM_LENGTH } from './generate.ts';

const s3Schema = (uuid: () => string) => {
  const bucket = bucketSchema(uuid);
  return fields({
    buckets: v.optional(listOf(bucket), []),
    /** Many buckets that are like a few, for measuring how something goes at scale. */
    generate: v.optional(
      fields({
        count: whole(0),
        /** The buckets that they are made like: names of `buckets`, or buckets. */
        like: listOf(v.lazy((input) => (typeof input === 'string' ? Text : bucket))),
      }),
      { count: 0, like: [] },
    ),
  });
};

type Schema = ReturnType<typeof s3Schema>;

/** The section `s3` of the file of simulated resources. */
export interface S3Section {
  readonly buckets: readonly BucketSection[];
  readonly generated: { readonly count: number; readonly like: readonly BucketSection[] };
}

/**
 * Reads the section.
 * @param isTaken Whether a name is that of a bucket of the stack.
 * @throws {UserError} With everything that is wrong with it.
 */
export function readS3Section(
  section: Json,
  isTaken: (name: string) => boolean,
  uuid: () => string,
): S3Section {
  const { buckets, generate } = readSection('s3', section, s3Schema(uuid), (read) => [
    ...checkNames(read, isTaken),
    ...checkGenerate(read),
  ]);
  const like = generate.like.flatMap((one) =>
    typeof one === 'string' ? buckets.filter(({ name }) => name === one) : one,
  );
  return { buckets, generated: { count: generate.count, like } };
}

function checkNames(
  { buckets }: v.InferOutput<Schema>,
  isTaken: (name: string) => boolean,
): readonly Problem[] {
  return buckets.flatMap(({ name }, index) => {
    const isTwice = buckets.findIndex((other) => other.name === name) < index;
    const path = `s3.buckets[${index}].name`;
    return isTwice || isTaken(name)
      ? [{ path, message: `There is a bucket "${name}" already` }]
      : [];
  });
}

function checkGenerate({ buckets, generate }: v.InferOutput<Schema>): readonly Problem[] {
  const { count, like } = generate;
  if (count > 0 && like.length === 0) {
    return [{ path: 's3.generate.like', message: 'Write what the buckets are like' }];
  }
  return like.flatMap((one, index) => {
    const path = `s3.generate.like[${index}]`;
    const name = typeof one === 'string' ? one : one.name;
    if (typeof one === 'string' && !buckets.some((bucket) => bucket.name === one)) {
      return [{ path, message: `There is no bucket "${one}"` }];
    }
    const isTooLong = name.length > MAX_STEM_LENGTH;
    return isTooLong ? [{ path, message: `The name is too long to number: ${name}` }] : [];
  });
}
