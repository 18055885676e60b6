/*
 * The names are literals because the workflow matches on them: Lambda reports `error.name`, and a
 * minified bundle keeps neither a class's name nor `constructor.name`.
 */

/** The request for a review does not fit its contract. */
export class InvalidCostReviewRequestError extends Error {
  override readonly name = 'InvalidCostReviewRequestError';
}

/** The month is not over: comparing it with a whole one would mislead. */
export class IncompleteMonthError extends Error {
  override readonly name = 'IncompleteMonthError';
}

/** Cost Explorer keeps no such old months. */
export class MonthTooOldError extends Error {
  override readonly name = 'MonthTooOldError';
}

/** Cost Explorer throttles or fails; asking again later helps. */
export class CostExplorerUnavailableError extends Error {
  override readonly name = 'CostExplorerUnavailableError';
}

/** Cost Explorer refuses the request itself, such as for its permissions: a person has to look. */
export class CostExplorerRefusedError extends Error {
  override readonly name = 'CostExplorerRefusedError';
}

/** An answer has more pages than a review may pay for. */
export class TooManyCostPagesError extends Error {
  override readonly name = 'TooManyCostPagesError';
}

/** The costs that the review was to compare were not fetched. */
export class CostsNotFetchedError extends Error {
  override readonly name = 'CostsNotFetchedError';
}

/** Another execution has taken the review over. */
export class ReviewTakenOverError extends Error {
  override readonly name = 'ReviewTakenOverError';
}
