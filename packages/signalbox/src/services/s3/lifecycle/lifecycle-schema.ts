import * as v from 'valibot';
import {
  AnyText,
  DateText,
  Flag,
  fields,
  listOf,
  oneOf,
  whole,
} from '../../../core/schema/schema.ts';
import { TRANSITION_CLASSES } from './storage-classes.ts';

const TagSchema = fields({ Key: AnyText, Value: AnyText });

const scope = {
  Prefix: v.optional(AnyText),
  ObjectSizeGreaterThan: v.optional(whole(0)),
  ObjectSizeLessThan: v.optional(whole(0)),
};

const FilterSchema = fields({
  ...scope,
  Tag: v.optional(TagSchema),
  And: v.optional(fields({ ...scope, Tags: v.optional(listOf(TagSchema)) })),
});

const TransitionSchema = fields({
  Days: v.optional(whole(0)),
  Date: v.optional(DateText),
  StorageClass: v.optional(oneOf(TRANSITION_CLASSES)),
});

const noncurrent = {
  NoncurrentDays: v.optional(whole(0)),
  NewerNoncurrentVersions: v.optional(whole(0)),
};

/** One rule of a lifecycle in the API's own spelling, its dates as texts. */
export const RuleSchema = fields({
  ID: v.optional(AnyText),
  Status: oneOf(['Enabled', 'Disabled']),
  Prefix: v.optional(AnyText),
  Filter: v.optional(FilterSchema),
  Expiration: v.optional(
    fields({
      Days: v.optional(whole(0)),
      Date: v.optional(DateText),
      ExpiredObjectDeleteMarker: v.optional(Flag),
    }),
  ),
  Transitions: v.optional(listOf(TransitionSchema)),
  NoncurrentVersionExpiration: v.optional(fields(noncurrent)),
  NoncurrentVersionTransitions: v.optional(
    listOf(fields({ ...noncurrent, StorageClass: v.optional(oneOf(TRANSITION_CLASSES)) })),
  ),
  AbortIncompleteMultipartUpload: v.optional(fields({ DaysAfterInitiation: v.optional(whole(0)) })),
});

/** The fields of a lifecycle. */
export const lifecycleFields = {
  Rules: v.optional(listOf(RuleSchema), []),
  TransitionDefaultMinimumObjectSize: v.optional(AnyText),
};

/** A lifecycle in the API's own spelling, its dates as texts. */
export const LifecycleSchema = fields(lifecycleFields);
