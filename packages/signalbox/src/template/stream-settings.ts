/** How the changes of a table are read, by an event source mapping or a pipe. */
export interface StreamSettings {
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON';
  /** -1 where only the age of a record ends its tries. */
  readonly maximumRetryAttempts: number;
  /** -1 where a record is tried until the stream forgets it. */
  readonly maximumRecordAgeSeconds: number;
  /** Whether a batch that fails is tried again in two halves. */
  readonly bisectsBatches: boolean;
  /** A queue or topic that hears of batches that were given up. */
  readonly onFailureArn: string | undefined;
}
