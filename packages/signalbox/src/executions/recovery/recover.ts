import { isJsonObject, type Json, ownPayload } from '../../core/json.ts';
import type { HistoryStore, StoredExecution } from '../../history/store.ts';
import type { StateMachine } from '../../states-language/ast.ts';
import type { BranchPoint } from '../../states-language/starting-point.ts';
import type { DefinitionRules } from '../definition.ts';
import type { HistoryWriter } from '../history-writer.ts';
import { resumePoint } from '../redrive/redrive-point.ts';
import type { Runner } from '../runner.ts';
import type { TaskTokens } from '../task-tokens.ts';
import type { KeptRetries } from './kept-retries.ts';

/** An execution that could not go on, and why. */
export interface AbortedExecution {
  readonly executionArn: string;
  /** Such as `its definition is no longer one`. */
  readonly reason: string;
}

/** What became of the executions that an earlier process has left. */
export interface Recovered {
  readonly resumed: readonly string[];
  readonly aborted: readonly AbortedExecution[];
}

/** The store, and the parts that executions go on with. */
export interface RecoveryOptions {
  readonly store: HistoryStore;
  readonly writer: HistoryWriter;
  readonly runner: Runner;
  readonly tokens: TaskTokens;
  readonly retries: KeptRetries;
  readonly rulesFor: (type: 'STANDARD' | 'EXPRESS') => DefinitionRules;
}

/** Goes on with what was running when an earlier process ended; aborts what cannot go on. */
export function recover(options: RecoveryOptions): Recovered {
  const { store, writer, runner, tokens, retries } = options;
  const left = store.executions().filter(({ summary }) => summary.status === 'RUNNING');
  const running = new Set(left.map(({ header }) => header.executionArn));
  retries.forgetUnless((executionArn) => running.has(executionArn));
  const resumed: string[] = [];
  const aborted: AbortedExecution[] = [];
  /** Nothing goes on, and nothing is aborted, before all tokens are open again. */
  const begins: (() => void)[] = [];
  const aborts: (() => void)[] = [];
  for (const execution of left) {
    const { executionArn } = execution.header;
    const found = findPoint(execution, options);
    if ('reason' in found) {
      aborted.push({ executionArn, reason: found.reason });
      aborts.push(() => abort(execution, found.reason, writer));
      continue;
    }
    resumed.push(executionArn);
    begins.push(runner.resume(execution, found.machine, found.point));
    for (const token of openTokens(found.point)) tokens.reopen(token);
  }
  for (const act of [...aborts, ...begins]) act();
  return { resumed, aborted };
}

function abort(execution: StoredExecution, reason: string, writer: HistoryWriter): void {
  writer
    .reopen(execution, () => {})
    .trunk.record({
      type: 'ExecutionAborted',
      error: 'Signalbox.ProcessEnded',
      cause: `The process that ran this execution ended, and it cannot go on: ${reason}`,
    });
}

/** The tokens that were handed out, and whose results may come before the executions go on. */
function openTokens(point: BranchPoint | undefined): readonly string[] {
  if (point?.kind !== 'begun') return [];
  const { past, branches = [] } = point.start.entered ?? {};
  const last = past?.attempts.at(-1);
  const own = last?.end === undefined && last?.taskToken !== undefined ? [last.taskToken] : [];
  return [...own, ...branches.flatMap(openTokens)];
}

type Found =
  | { readonly machine: StateMachine; readonly point: BranchPoint }
  | { readonly reason: string };

function findPoint(
  { header, eventCount }: StoredExecution,
  { store, retries, rulesFor }: RecoveryOptions,
): Found {
  if (header.mapRunArn !== undefined) return { reason: 'its Distributed Map begins anew' };
  const definition: Json = ownPayload(header.definition);
  const { machine } = rulesFor(header.type).interpreter.diagnose(
    isJsonObject(definition) ? definition : {},
  );
  if (machine === undefined) return { reason: 'its definition is no longer one' };
  const events = store.events(header.executionArn, 1, eventCount);
  const input: Json = ownPayload(header.input);
  const point = resumePoint(machine, input, events, {
    executionArn: header.executionArn,
    retriesOf: (enteredEventId) => retries.of(header.executionArn, enteredEventId),
  });
  const startedAt = new Date(lastStart(events) ?? header.startDate);
  return {
    machine,
    point: point.kind === 'ended' ? point : { kind: 'begun', start: { ...point.start, startedAt } },
  };
}

/** A redrive starts the time limit anew. */
function lastStart(events: readonly { readonly type: string; readonly timestamp: string }[]) {
  return events.findLast(({ type }) => type === 'ExecutionStarted' || type === 'ExecutionRedriven')
    ?.timestamp;
}
