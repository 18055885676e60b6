import type { JsonObject } from '../core/json.ts';
import type { StreamSettings } from './stream-settings.ts';

/** A pipe of EventBridge's, from a queue or a table's stream to a target. */
export interface PipeResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly sourceArn: string;
  /** How a stream is read; undefined of a queue. */
  readonly stream: StreamSettings | undefined;
  readonly batchSize: number;
  /** Event patterns, of which an event has to match one; none takes every event. */
  readonly filters: readonly JsonObject[];
  /** A function, or an express machine that is waited for. */
  readonly enrichment: PipeEnd | undefined;
  readonly target: PipeTarget;
  readonly enabled: boolean;
}

/** What a pipe calls, and what it makes of an event for it. */
export interface PipeEnd {
  readonly arn: string;
  /** The template of the input; undefined where the event goes through. */
  readonly inputTemplate: string | undefined;
}

export interface PipeTarget extends PipeEnd {
  readonly invocationType: 'REQUEST_RESPONSE' | 'FIRE_AND_FORGET';
  /** The event's fields, where the target is an event bus. */
  readonly detailType: string;
  readonly source: string;
  readonly messageGroupId: string | undefined;
}
