import type { Step } from '../failover.ts';
import type { Reversal, SentCall, StepKind, StepRun } from '../steps/step-kind.ts';
import type { Before } from '../trail.ts';

/** What became of undoing a step: `pending` asks to come again. */
export interface UndoneStep {
  readonly stepId: string;
  readonly status: 'nothing' | 'undone' | 'kept' | 'pending';
  readonly detail: string;
  readonly calls: readonly SentCall[];
}

/** Undoes a step where that is safe. Called again, it makes only the calls that are still needed. */
export async function undoStep(
  kind: StepKind,
  step: Step,
  run: StepRun,
  before: Before | undefined,
): Promise<UndoneStep> {
  const { stepId } = step;
  if (before === undefined) {
    return { stepId, status: 'nothing', detail: 'It never began', calls: [] };
  }
  const first = await reversalOf(kind, step, run, before);
  if (first.kind !== 'calls')
    return { stepId, status: first.kind, detail: first.detail, calls: [] };
  const calls: SentCall[] = [];
  for (const call of first.calls) {
    calls.push({ ...call, requestId: await kind.perform(call, run) });
  }
  const { kind: left, detail } = await reversalOf(kind, step, run, before);
  return { stepId, status: left === 'calls' ? 'pending' : left, detail, calls };
}

async function reversalOf(
  kind: StepKind,
  step: Step,
  run: StepRun,
  { before, decision }: Before,
): Promise<Reversal> {
  const state = await kind.stateOf(step, run, 'watch');
  return kind.reversal(step, decision, before, state, run);
}
