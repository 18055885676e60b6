import { boolean, type InferOutput, object, optional, picklist, string } from 'valibot';

/** A review as the CostReviews table keeps it. */
export const StoredReviewSchema = object({
  reviewId: string(),
  status: picklist(['RUNNING', 'COMPLETED', 'FAILED']),
  /** The execution that claimed the review, and alone may change it. */
  executionArn: string(),
  claimedAt: string(),
  /** When the execution is over at the latest, so that another may take the review over. */
  leaseExpiresAt: string(),
  completedAt: optional(string()),
  isEstimated: optional(boolean()),
  /** The key of the report without its ending: `costs/2026-10/unblended-cost`. */
  reportKey: optional(string()),
});

/** A review as the CostReviews table keeps it. */
export type StoredReview = InferOutput<typeof StoredReviewSchema>;

/** The item that says when a review was last completed. */
export const LAST_REVIEW_ID = 'last-completed';
