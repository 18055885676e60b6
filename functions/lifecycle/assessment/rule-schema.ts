import {
  array,
  boolean,
  date,
  integer,
  isoTimestamp,
  number,
  object,
  optional,
  picklist,
  pipe,
  string,
  transform,
  union,
} from 'valibot';
import type { LifecycleConfiguration } from './bucket-facts.ts';
import { TRANSITION_CLASSES } from './storage-class.ts';

const WholeSchema = pipe(number(), integer());
const DateSchema = union([
  date(),
  pipe(
    string(),
    isoTimestamp(),
    transform((text) => new Date(text)),
  ),
]);
const TagSchema = object({ Key: string(), Value: string() });
const ClassSchema = picklist(TRANSITION_CLASSES);
const SIZES = {
  ObjectSizeGreaterThan: optional(WholeSchema),
  ObjectSizeLessThan: optional(WholeSchema),
};

/** A rule of a lifecycle as S3's API has it, with dates as JSON writes them. */
export const RuleSchema = object({
  ID: optional(string()),
  Status: picklist(['Enabled', 'Disabled']),
  Prefix: optional(string()),
  Filter: optional(
    object({
      Prefix: optional(string()),
      Tag: optional(TagSchema),
      And: optional(
        object({ Prefix: optional(string()), Tags: optional(array(TagSchema)), ...SIZES }),
      ),
      ...SIZES,
    }),
  ),
  Expiration: optional(
    object({
      Days: optional(WholeSchema),
      Date: optional(DateSchema),
      ExpiredObjectDeleteMarker: optional(boolean()),
    }),
  ),
  Transitions: optional(
    array(
      object({
        Days: optional(WholeSchema),
        Date: optional(DateSchema),
        StorageClass: ClassSchema,
      }),
    ),
  ),
  NoncurrentVersionTransitions: optional(
    array(
      object({
        NoncurrentDays: WholeSchema,
        StorageClass: ClassSchema,
        NewerNoncurrentVersions: optional(WholeSchema),
      }),
    ),
  ),
  NoncurrentVersionExpiration: optional(
    object({ NoncurrentDays: WholeSchema, NewerNoncurrentVersions: optional(WholeSchema) }),
  ),
  AbortIncompleteMultipartUpload: optional(object({ DaysAfterInitiation: WholeSchema })),
});

/** A lifecycle as it is kept in a report or a backup. */
export const ConfigurationSchema = pipe(
  object({
    rules: array(RuleSchema),
    minimumObjectSize: optional(picklist(['all_storage_classes_128K', 'varies_by_storage_class'])),
  }),
  transform(
    ({ rules, minimumObjectSize }): LifecycleConfiguration => ({ rules, minimumObjectSize }),
  ),
);
