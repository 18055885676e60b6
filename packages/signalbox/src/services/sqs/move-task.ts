/** A move of messages out of a dead-letter queue, as it is kept. */
export interface MoveTask {
  readonly handle: string;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly sourceArn: string;
  /** Undefined where each message goes back to the queue that it came from. */
  readonly destinationArn: string | undefined;
  readonly perSecond: number | undefined;
  readonly moved: number;
  /** The messages that were there at the start. */
  readonly toMove: number;
  readonly failure: string | undefined;
  readonly startedAtMs: number;
}

/** Move tasks by their handles, oldest first. */
export type MoveTaskStore = Map<string, MoveTask>;
