import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { Limits } from '../../core/limits.ts';

/** The oldest events of a stream make room many at a time: this part of those that are kept. */
const SLACK = 0.25;

/** One event of a log stream. */
export interface LogEvent {
  /** Rises with each event of the account. */
  readonly id: number;
  readonly timestampMs: number;
  readonly ingestedAtMs: number;
  readonly message: string;
}

/** A sequence of events from one source, sorted by time. */
export interface LogStream {
  readonly name: string;
  readonly createdAtMs: number;
  readonly events: LogEvent[];
}

/** The streams that belong together. */
export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly streams: Map<string, LogStream>;
}

/** An event that comes in to be logged. */
export interface NewLogEvent {
  readonly timestampMs: number;
  readonly message: string;
}

/** All log groups of the account. */
export class LogStore {
  readonly #groups = new Map<string, LogGroup>();
  readonly #clock: Clock;
  readonly #prefix: string;
  readonly #limits: Pick<Limits, 'logEvents' | 'logStreams'>;
  #lastId = 0;

  constructor(
    clock: Clock,
    { region, accountId }: { readonly region: string; readonly accountId: string },
    limits: Pick<Limits, 'logEvents' | 'logStreams'>,
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#prefix = `arn:aws:logs:${region}:${accountId}:log-group:`;
  }

  /** The group of this name, made where there is none. */
  ensureGroup(name: string): LogGroup {
    const group = this.#groups.get(name) ?? {
      name,
      arn: this.#prefix + name,
      createdAtMs: this.#nowMs(),
      streams: new Map(),
    };
    this.#groups.set(name, group);
    return group;
  }

  /** The stream of this name, made where there is none. */
  ensureStream(group: LogGroup, name: string): LogStream {
    const known = group.streams.get(name);
    if (known !== undefined) return known;
    const stream = { name, createdAtMs: this.#nowMs(), events: [] };
    group.streams.set(name, stream);
    const [oldest] = group.streams.keys();
    if (group.streams.size > this.#limits.logStreams && oldest !== undefined) {
      group.streams.delete(oldest);
    }
    return stream;
  }

  /**
   * Finds a group by name or ARN.
   * @throws {AwsError} `ResourceNotFoundException`.
   */
  group(nameOrArn: string | undefined): LogGroup {
    if (nameOrArn === undefined) throw invalidParameter('logGroupName is required');
    const name = nameOrArn.startsWith(this.#prefix)
      ? nameOrArn.slice(this.#prefix.length).replace(/:\*$/, '')
      : nameOrArn;
    const group = this.#groups.get(name);
    if (group !== undefined) return group;
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  stream(group: LogGroup, name: string | undefined): LogStream {
    const stream = group.streams.get(name ?? '');
    if (stream !== undefined) return stream;
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }

  has(groupName: string): boolean {
    return this.#groups.has(groupName);
  }

  /** Every group by name. */
  groups(): LogGroup[] {
    return [...this.#groups.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Takes events in, each at its place in time. */
  append(stream: LogStream, events: readonly NewLogEvent[]): void {
    for (const { timestampMs, message } of events) {
      this.#lastId += 1;
      const event = { id: this.#lastId, timestampMs, ingestedAtMs: this.#nowMs(), message };
      const after = stream.events.findLastIndex((earlier) => earlier.timestampMs <= timestampMs);
      stream.events.splice(after + 1, 0, event);
    }
    const { logEvents } = this.#limits;
    if (stream.events.length > logEvents * (1 + SLACK)) {
      stream.events.splice(0, stream.events.length - logEvents);
    }
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}

/** Refuses a parameter. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** Refuses a token that was not given out. */
export function invalidToken(): AwsError {
  return invalidParameter('The specified nextToken is invalid.');
}
