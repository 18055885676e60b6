import type { Tag } from '@aws-sdk/client-s3';
import * as v from 'valibot';
import { AwsError } from '../../../core/aws-error.ts';
import {
  AnyText,
  DateText,
  type FileSchema,
  Flag,
  fields,
  listOf,
  mapOf,
  oneOf,
  Text,
  whole,
} from '../../../core/schema/schema.ts';
import { isBucketName } from '../bucket-store.ts';
import { checkTags, MAX_BUCKET_TAGS } from '../check-tags.ts';
import { checkLifecycle } from '../lifecycle/lifecycle.ts';
import { lifecycleFields, RuleSchema } from '../lifecycle/lifecycle-schema.ts';
import { STORAGE_TYPES } from './storage-type.ts';

const BUCKET_NAME = 'Write a name that S3 takes';

const BucketName = v.pipe(v.string(BUCKET_NAME), v.check(isBucketName, BUCKET_NAME));

/** `{n}` in the texts of a repeated rule becomes 1, 2, 3 … */
const RepeatedRules = v.pipe(
  fields({ count: whole(0), rule: asJson(RuleSchema) }),
  v.transform(({ count, rule }): unknown => {
    const text = JSON.stringify(rule);
    return Array.from({ length: count }, (_, index) =>
      JSON.parse(text.replaceAll('{n}', `${index + 1}`)),
    );
  }),
  listOf(RuleSchema),
);

const Tags = v.pipe(
  mapOf(AnyText),
  v.transform((tags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))),
  takenByS3((tags) => checkTags(tags, MAX_BUCKET_TAGS)),
);

/** In the API's own spelling; beside the rules, `Repeat` stands for many that are alike. */
const lifecycleSchema = (uuid: () => string) =>
  v.pipe(
    fields({ ...lifecycleFields, Repeat: v.optional(RepeatedRules) }),
    takenByS3(({ Rules, Repeat = [], TransitionDefaultMinimumObjectSize }) =>
      checkLifecycle({ Rules: [...Rules, ...Repeat], TransitionDefaultMinimumObjectSize }, uuid),
    ),
  );

/** A bucket as the file of simulated resources tells of it; its lifecycle must be one that S3 takes. */
export const bucketSchema = (uuid: () => string) =>
  v.pipe(
    fields({
      name: BucketName,
      region: v.optional(Text),
      createdAt: v.optional(DateText),
      tags: v.optional(Tags),
      versioning: v.optional(oneOf(['Enabled', 'Suspended'])),
      mfaDelete: v.optional(Flag, false),
      notifiesEventBridge: v.optional(Flag, false),
      lifecycle: v.optional(lifecycleSchema(uuid)),
      /** Its policy, which is asked whether it lets everybody in. */
      policy: v.optional(v.record(v.string(), v.unknown())),
      /** IAM actions that its policy denies to everybody. */
      deny: v.optional(listOf(Text), []),
      propagationSeconds: v.optional(whole(0), 0),
      storageBytes: v.optional(
        fields(v.entriesFromList(STORAGE_TYPES, v.exactOptional(whole(0)))),
        {},
      ),
      objectCount: v.optional(whole(0), 0),
    }),
    v.forward(
      v.check(
        ({ mfaDelete, lifecycle }) => !mfaDelete || lifecycle === undefined,
        'Remove it: S3 takes none where mfaDelete is true',
      ),
      ['lifecycle'],
    ),
  );

/** A bucket of the file as it was read. */
export type BucketSection = v.InferOutput<ReturnType<typeof bucketSchema>>;

/** Leaves a value as it is where a schema would take it. */
function asJson<T>(schema: FileSchema<T>): FileSchema<unknown> {
  return v.pipe(
    v.unknown(),
    v.rawCheck(({ dataset, addIssue }) => {
      const { issues = [] } = v.safeParse(schema, dataset.value);
      for (const { message, path } of issues) addIssue({ message, path });
    }),
  );
}

/** Makes of a value what S3 makes of it, or notes why S3 would refuse it. */
function takenByS3<T, R>(take: (value: T) => R): v.RawTransformAction<T, R> {
  return v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return take(dataset.value);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      addIssue({ message: `S3 refuses it: ${error.name}: ${error.message}` });
      return NEVER;
    }
  });
}
