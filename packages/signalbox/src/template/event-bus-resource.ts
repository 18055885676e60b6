/** An event bus of the template. */
export interface EventBusResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly description?: string | undefined;
  /** The queue for events that a key of the bus's own does not open; nothing is encrypted here. */
  readonly deadLetterArn?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  /** What a delivery of logs, which is made apart, is to have in it. */
  readonly log?: EventBusLog | undefined;
}

/** How much the logs of a bus say, in EventBridge's own words. */
export interface EventBusLog {
  readonly level?: string | undefined;
  readonly includeDetail?: string | undefined;
}
