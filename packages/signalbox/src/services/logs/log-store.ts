import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { Journal, OpenJournal } from '../../core/journal.ts';
import type { Limits } from '../../core/limits.ts';
import { unlessFull } from '../../core/unless-full.ts';

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
  /** Undefined where events are kept for ever. */
  readonly retentionDays: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What may be changed about a group. */
export type GroupSettings = Pick<LogGroup, 'retentionDays' | 'tags'>;

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
  readonly #journal: Pick<Journal, 'append'> | undefined;
  #lastId = 0;

  /** Opens the groups with what an earlier process has kept in the journal, where there is one. */
  constructor(
    clock: Clock,
    { region, accountId }: { readonly region: string; readonly accountId: string },
    limits: Pick<Limits, 'logEvents' | 'logStreams'>,
    openJournal?: OpenJournal | undefined,
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#prefix = `arn:aws:logs:${region}:${accountId}:log-group:`;
    this.#journal = openJournal?.({
      take: (line) => this.#take(readLine(line)),
      snapshot: () => this.#snapshot(),
    });
  }

  /** The group of this name, made where there is none. */
  ensureGroup(name: string): LogGroup {
    const group = this.#groups.get(name);
    if (group !== undefined) return group;
    const createdAtMs = this.#nowMs();
    this.#journal?.append(writeLine(['group', name, createdAtMs]));
    return this.#addGroup(name, createdAtMs);
  }

  /** The stream of this name, made where there is none. */
  ensureStream(group: LogGroup, name: string): LogStream {
    const known = group.streams.get(name);
    if (known !== undefined) return known;
    const createdAtMs = this.#nowMs();
    this.#journal?.append(writeLine(['stream', group.name, name, createdAtMs]));
    return this.#addStream(group, name, createdAtMs);
  }

  #addGroup(name: string, createdAtMs: number): LogGroup {
    const arn = this.#prefix + name;
    const settings = { retentionDays: undefined, tags: {} };
    const group = { name, arn, createdAtMs, streams: new Map(), ...settings };
    this.#groups.set(name, group);
    return group;
  }

  #addStream(group: LogGroup, name: string, createdAtMs: number): LogStream {
    const stream = { name, createdAtMs, events: [] };
    group.streams.set(name, stream);
    const [oldest] = group.streams.keys();
    if (group.streams.size > this.#limits.logStreams && oldest !== undefined) {
      group.streams.delete(oldest);
    }
    return stream;
  }

  /** Changes a group's retention or tags. @throws {AwsError} When that cannot be kept. */
  changeGroup({ name }: LogGroup, settings: GroupSettings): void {
    const { retentionDays = null, tags } = settings;
    this.#journal?.append(writeLine(['settings', name, retentionDays, tags]));
    this.#change(name, settings);
  }

  /** Removes a group with its streams. @throws {AwsError} When that cannot be kept. */
  deleteGroup({ name }: LogGroup): void {
    this.#journal?.append(writeLine(['delete', name]));
    this.#groups.delete(name);
  }

  /** Removes a stream with its events. @throws {AwsError} When that cannot be kept. */
  deleteStream(group: LogGroup, { name }: LogStream): void {
    this.#journal?.append(writeLine(['delete', group.name, name]));
    group.streams.delete(name);
  }

  #change(name: string, settings: GroupSettings): void {
    const group = this.#groups.get(name);
    if (group !== undefined) this.#groups.set(name, { ...group, ...settings });
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

  /** Takes events in, each at its place in time. @throws {AwsError} When they cannot be kept. */
  append(group: LogGroup, stream: LogStream, events: readonly NewLogEvent[]): void {
    const atMs = this.#nowMs();
    this.#journal?.append(
      writeLine(['events', group.name, stream.name, atMs, events.map(toKeptEvent)]),
    );
    this.#add(stream, events, atMs);
  }

  /** Takes events of functions in, which nobody waits for: a full disk keeps none. */
  record(groupName: string, streamName: string, events: readonly NewLogEvent[]): void {
    const atMs = this.#nowMs();
    unlessFull(() =>
      this.#journal?.append(
        writeLine(['events', groupName, streamName, atMs, events.map(toKeptEvent)]),
      ),
    );
    this.#addTo(groupName, streamName, events, atMs);
  }

  #addTo(
    groupName: string,
    streamName: string,
    events: readonly NewLogEvent[],
    atMs: number,
  ): void {
    const group = this.#groups.get(groupName) ?? this.#addGroup(groupName, atMs);
    const stream = group.streams.get(streamName) ?? this.#addStream(group, streamName, atMs);
    this.#add(stream, events, atMs);
  }

  /** Takes a line of the journal. @throws {SyntaxError} When it is none. */
  #take(line: LogLine): void {
    switch (line[0]) {
      case 'group':
        this.#addGroup(line[1], line[2]);
        return;
      case 'stream': {
        const group = this.#groups.get(line[1]) ?? this.#addGroup(line[1], line[3]);
        this.#addStream(group, line[2], line[3]);
        return;
      }
      case 'events':
        this.#addTo(line[1], line[2], line[4].map(fromKeptEvent), line[3]);
        return;
      case 'settings':
        this.#change(line[1], { retentionDays: line[2] ?? undefined, tags: line[3] });
        return;
      case 'delete':
        if (line[2] === undefined) this.#groups.delete(line[1]);
        else this.#groups.get(line[1])?.streams.delete(line[2]);
        return;
      default:
        throw new SyntaxError('Cannot read a line of the logs');
    }
  }

  #snapshot(): readonly string[] {
    return [...this.#groups.values()].flatMap((group) => [
      writeLine(['group', group.name, group.createdAtMs]),
      writeLine(['settings', group.name, group.retentionDays ?? null, group.tags]),
      ...[...group.streams.values()].flatMap(({ name, createdAtMs, events }) => [
        writeLine(['stream', group.name, name, createdAtMs]),
        ...events.map((event) =>
          writeLine(['events', group.name, name, event.ingestedAtMs, [toKeptEvent(event)]]),
        ),
      ]),
    ]);
  }

  #add(stream: LogStream, events: readonly NewLogEvent[], ingestedAtMs: number): void {
    for (const { timestampMs, message } of events) {
      this.#lastId += 1;
      const event = { id: this.#lastId, timestampMs, ingestedAtMs, message };
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

/** A line of the journal of logs. */
type LogLine =
  | readonly ['group', name: string, createdAtMs: number]
  | readonly ['stream', group: string, name: string, createdAtMs: number]
  | readonly [
      'settings',
      group: string,
      retentionDays: number | null,
      tags: Readonly<Record<string, string>>,
    ]
  | readonly ['delete', group: string, stream?: string]
  | readonly ['events', group: string, stream: string, atMs: number, events: readonly KeptEvent[]];

type KeptEvent = readonly [timestampMs: number, message: string];

function writeLine(line: LogLine): string {
  return JSON.stringify(line);
}

function readLine(text: string): LogLine {
  const line = JSON.parse(text);
  const typed: LogLine = line;
  if (!Array.isArray(line)) throw new SyntaxError('Cannot read a line of the logs');
  return typed;
}

function toKeptEvent({ timestampMs, message }: NewLogEvent): KeptEvent {
  return [timestampMs, message];
}

function fromKeptEvent([timestampMs, message]: KeptEvent): NewLogEvent {
  return { timestampMs, message };
}

/** Refuses a parameter. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** Refuses a token that was not given out. */
export function invalidToken(): AwsError {
  return invalidParameter('The specified nextToken is invalid.');
}
