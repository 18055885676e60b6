import type { Json } from '../core/json.ts';
import { Runs } from './file-store-runs.ts';
import type { HistoryEvent } from './history-event.ts';
import type { ExecutionHeader, StoredExecution } from './store.ts';
import { type OpenExecution, openExecution } from './store-index.ts';
import type { Summary } from './summary.ts';

/** What executions of one machine have in common; most of a header is. */
export interface HeaderGroup
  extends Pick<
    ExecutionHeader,
    | 'stateMachineArn'
    | 'stateMachineName'
    | 'type'
    | 'roleArn'
    | 'stateMachineVersionArn'
    | 'stateMachineAliasArn'
    | 'mapRunArn'
  > {
  /** The ARN of an execution up to its name. */
  readonly arnPrefix: string;
  readonly definitionSha256: string;
}

/** An execution that has ended, as it is kept in memory: without its data. */
export interface FoldedExecution
  extends Pick<ExecutionHeader, 'executionArn' | 'name' | 'startDate' | 'traceHeader'>,
    Omit<Summary, 'input' | 'output' | 'cause'> {
  readonly group: HeaderGroup;
  readonly eventCount: number;
}

/** Reads what is left out of memory of an execution that has ended. */
export interface FoldedData {
  definition(sha256: string): string;
  /** The input that StartExecution was given. */
  input(entry: FileEntry): string;
  event(entry: FileEntry, id: number): HistoryEvent | undefined;
}

/** An execution of the store, which runs, or has ended and is folded. */
export class FileEntry implements StoredExecution {
  readonly number: number;
  readonly runs: Runs;
  /** The last events, which are not written yet. */
  readonly waiting: HistoryEvent[] = [];
  state: OpenExecution | FoldedExecution;
  readonly definitionSha256: string;
  readonly #data: FoldedData;

  constructor(
    number: number,
    state: OpenExecution | FoldedExecution,
    definitionSha256: string,
    data: FoldedData,
    runs: readonly number[] = [],
  ) {
    this.number = number;
    this.state = state;
    this.definitionSha256 = definitionSha256;
    this.#data = data;
    this.runs = new Runs([...runs]);
  }

  /** The ARNs of the execution and of its machine. */
  get ids(): Pick<ExecutionHeader, 'executionArn' | 'stateMachineArn'> {
    const { state } = this;
    if (!('group' in state)) return state.header;
    return { executionArn: state.executionArn, stateMachineArn: state.group.stateMachineArn };
  }

  get header(): ExecutionHeader {
    const { state } = this;
    return 'group' in state ? new FoldedHeader(this, state, this.#data) : state.header;
  }

  get summary(): Summary {
    const { state } = this;
    return 'group' in state ? new FoldedSummary(this, state, this.#data) : state.summary;
  }

  get eventCount(): number {
    return this.state.eventCount;
  }
}

/** A header whose input and definition are read when somebody asks. */
class FoldedHeader implements ExecutionHeader {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly type: ExecutionHeader['type'];
  readonly roleArn: string;
  readonly startDate: string;
  readonly traceHeader: string | undefined;
  readonly stateMachineVersionArn: string | undefined;
  readonly stateMachineAliasArn: string | undefined;
  readonly mapRunArn: string | undefined;
  readonly #read: () => readonly [definition: string, input: string];

  constructor(entry: FileEntry, folded: FoldedExecution, data: FoldedData) {
    const { group } = folded;
    this.executionArn = folded.executionArn;
    this.name = folded.name;
    this.stateMachineArn = group.stateMachineArn;
    this.stateMachineName = group.stateMachineName;
    this.type = group.type;
    this.roleArn = group.roleArn;
    this.startDate = folded.startDate;
    this.traceHeader = folded.traceHeader;
    this.stateMachineVersionArn = group.stateMachineVersionArn;
    this.stateMachineAliasArn = group.stateMachineAliasArn;
    this.mapRunArn = group.mapRunArn;
    this.#read = () => [data.definition(group.definitionSha256), data.input(entry)];
  }

  get definition(): string {
    return this.#read()[0];
  }

  get input(): string {
    return this.#read()[1];
  }
}

/** A summary whose input, output and cause are read when somebody asks. */
class FoldedSummary implements Summary {
  readonly status: Summary['status'];
  readonly error: string | undefined;
  readonly startedAt: string | undefined;
  readonly stoppedAt: string | undefined;
  readonly redriveCount: number;
  readonly redrivenAt: string | undefined;
  readonly #read: (id: number) => HistoryEvent | undefined;
  readonly #eventCount: number;
  #last: HistoryEvent | undefined;

  constructor(entry: FileEntry, folded: FoldedExecution, data: FoldedData) {
    this.status = folded.status;
    this.error = folded.error;
    this.startedAt = folded.startedAt;
    this.stoppedAt = folded.stoppedAt;
    this.redriveCount = folded.redriveCount;
    this.redrivenAt = folded.redrivenAt;
    this.#eventCount = folded.eventCount;
    this.#read = (id) => data.event(entry, id);
  }

  get input(): Json | undefined {
    const first = this.#read(1);
    return first?.type === 'ExecutionStarted' ? first.input : undefined;
  }

  get output(): Json | undefined {
    const last = this.#lastEvent();
    return last?.type === 'ExecutionSucceeded' ? last.output : undefined;
  }

  get cause(): string | undefined {
    if (this.status === 'SUCCEEDED') return undefined;
    const last = this.#lastEvent();
    return last !== undefined && 'cause' in last ? last.cause : undefined;
  }

  #lastEvent(): HistoryEvent | undefined {
    this.#last ??= this.#read(this.#eventCount);
    return this.#last;
  }
}

/** Folds an execution that has ended; the group is that of others too, where they are alike. */
export function foldedOf(
  { header, summary, eventCount }: StoredExecution,
  group: HeaderGroup,
): FoldedExecution {
  const { executionArn, name, startDate, traceHeader } = header;
  const { status, error, startedAt, stoppedAt, redriveCount, redrivenAt } = summary;
  const own = { executionArn, name, startDate, traceHeader };
  const end = { status, error, startedAt, stoppedAt, redriveCount, redrivenAt };
  return { ...own, ...end, group, eventCount };
}

/** The group of an execution. */
export function groupOf(header: ExecutionHeader, definitionSha256: string): HeaderGroup {
  const { executionArn, name, stateMachineArn, stateMachineName, type, roleArn } = header;
  const { stateMachineVersionArn, stateMachineAliasArn, mapRunArn } = header;
  const arnPrefix = executionArn.slice(0, -name.length);
  const machine = { arnPrefix, stateMachineArn, stateMachineName, type, roleArn };
  const startedBy = { stateMachineVersionArn, stateMachineAliasArn, mapRunArn };
  return { ...machine, ...startedBy, definitionSha256 };
}

/** Opens an execution that had ended, with all its data. */
export function unfolded({ header, summary, eventCount }: FileEntry): OpenExecution {
  const { status, input, output, error, cause, startedAt, stoppedAt } = summary;
  const { redriveCount, redrivenAt } = summary;
  const end = { status, output, error, cause, stoppedAt };
  return openExecution(
    { ...header, definition: header.definition, input: header.input },
    { summary: { ...end, input, startedAt, redriveCount, redrivenAt }, eventCount },
  );
}
