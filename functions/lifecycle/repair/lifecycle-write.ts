import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { LifecycleConfiguration } from '../assessment/bucket-facts.ts';

/** A write of ours, from the read that it was made from to its answer. */
export interface LifecycleWrite {
  readonly writeId: string;
  /** Unix milliseconds. */
  readonly readAtMs: number;
  readonly base: LifecycleConfiguration | undefined;
  readonly written: LifecycleConfiguration | undefined;
}

/** A lifecycle to put in place of the one that was read; `leave` puts nothing. */
export type LifecycleDecision =
  | { readonly kind: 'write'; readonly configuration: LifecycleConfiguration | undefined }
  | { readonly kind: 'leave'; readonly why: string };

/** The lifecycle that somebody else put, as CloudTrail reports it. */
export interface ForeignWrite {
  /** Unix milliseconds. */
  readonly atMs: number;
  /** None where the lifecycle was deleted. */
  readonly rules: readonly LifecycleRule[];
}
