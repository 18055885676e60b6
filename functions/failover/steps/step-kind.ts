import { type GenericSchema, type InferOutput, parse } from 'valibot';
import type { Clients } from '../clients.ts';

/** The way a run treats what it leaves: in order, or as lost. */
export type Mode = 'graceful' | 'ungraceful';

/**
 * A condition of a step: one that is required and does not hold keeps the run from acting; where the
 * reason of an automatic run does not hold, there is nothing to act for.
 */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly level: 'required' | 'reason' | 'advisory';
  readonly detail: string;
}

/** A call that changes something, as data: what a dry run prints is what a real run sends. */
export interface ApiCall {
  readonly service: string;
  readonly action: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A call that was sent; the request id finds it in CloudTrail. */
export interface SentCall extends ApiCall {
  readonly requestId: string;
}

/** The context of the run that a step is part of. */
export interface StepRun {
  readonly clients: Clients;
  readonly failoverId: string;
  /** The Region in which the run takes place, which is the one that it activates. */
  readonly region: string;
  readonly mode: Mode;
  readonly now: Date;
  /** When the step's state was captured; undefined before it was. */
  readonly startedAt?: Date | undefined;
  /** The database instance whose failure is the reason of the run, where one is. */
  readonly failedInstance?: string | undefined;
  /** The alarm that started the run, where one did. */
  readonly alarm?: string | undefined;
  /** Whether no person asked for the run or agrees to it: the step then asks whether it is needed. */
  readonly isUnattended?: boolean | undefined;
}

/** The purpose of reading a state: deciding needs more (such as lags) than watching. */
export type Purpose = 'judge' | 'watch';

/** The decision that a step's state allows; undefined where no sense can be made of the state. */
export interface StepVerdict<Decision> {
  readonly checks: readonly Check[];
  readonly decision: Decision | undefined;
}

/** The progress of a step. */
export interface Progress {
  readonly status: 'done' | 'pending' | 'failed';
  readonly detail: string;
}

/**
 * The way to undo a step: `nothing` was changed; `kept`, because undoing is not safe and a
 * person has to decide; `undone`, as far as that is safe; `calls` are still to be made.
 */
export type Reversal =
  | { readonly kind: 'nothing' | 'kept' | 'undone'; readonly detail: string }
  | { readonly kind: 'calls'; readonly detail: string; readonly calls: readonly ApiCall[] };

/** A kind of step as its file defines it. Everything but `stateOf` and `perform` is a pure function. */
export interface StepDefinition<
  StepSchema extends GenericSchema,
  StateSchema extends GenericSchema,
  DecisionSchema extends GenericSchema,
> {
  readonly kind: string;
  readonly schema: StepSchema;
  readonly state: StateSchema;
  readonly decision: DecisionSchema;
  /** What an ungraceful run does differently, in the third person; left out where nothing. */
  ungraceful?(step: InferOutput<StepSchema>): string | undefined;
  /** Why no operator may skip the step; left out where they may. */
  readonly needed?: string;
  /** The resources that the step changes, as names of locks. */
  targetsOf(step: InferOutput<StepSchema>, region: string): readonly string[];
  /** Reads the present state. */
  stateOf(
    step: InferOutput<StepSchema>,
    run: StepRun,
    purpose: Purpose,
  ): Promise<InferOutput<StateSchema>>;
  /** Checks the pre-conditions, and decides what is to be reached. */
  judge(
    step: InferOutput<StepSchema>,
    state: InferOutput<StateSchema>,
    run: StepRun,
  ): StepVerdict<InferOutput<DecisionSchema>>;
  /** The calls that are still to be made; none where it is reached, or under way. */
  callsFor(
    step: InferOutput<StepSchema>,
    decision: InferOutput<DecisionSchema>,
    state: InferOutput<StateSchema>,
    run: StepRun,
  ): readonly ApiCall[];
  /** Whether it is reached. */
  progress(
    step: InferOutput<StepSchema>,
    decision: InferOutput<DecisionSchema>,
    state: InferOutput<StateSchema>,
  ): Progress;
  /** Makes one of the calls; returns the request's id. */
  perform(call: ApiCall, run: StepRun): Promise<string>;
  /** Says how the step is undone from the present state. */
  reversal(
    step: InferOutput<StepSchema>,
    decision: InferOutput<DecisionSchema>,
    before: InferOutput<StateSchema>,
    state: InferOutput<StateSchema>,
    run: StepRun,
  ): Reversal;
  /** The data that may be lost, in seconds; null where nobody knows. Left out where none can be. */
  recoveryPointSeconds?(
    before: InferOutput<StateSchema>,
    run: Pick<StepRun, 'mode'>,
  ): number | null;
}

/** A kind of step as the functions use it: what comes from the workflow or a table is read first. */
export interface StepKind {
  readonly kind: string;
  readonly schema: GenericSchema;
  readonly needed: string | undefined;
  ungraceful(step: unknown): string | undefined;
  targetsOf(step: unknown, region: string): readonly string[];
  stateOf(step: unknown, run: StepRun, purpose: Purpose): Promise<unknown>;
  judge(step: unknown, state: unknown, run: StepRun): StepVerdict<unknown>;
  callsFor(step: unknown, decision: unknown, state: unknown, run: StepRun): readonly ApiCall[];
  progress(step: unknown, decision: unknown, state: unknown): Progress;
  perform(call: ApiCall, run: StepRun): Promise<string>;
  reversal(
    step: unknown,
    decision: unknown,
    before: unknown,
    state: unknown,
    run: StepRun,
  ): Reversal;
  recoveryPointSeconds(before: unknown, run: Pick<StepRun, 'mode'>): number | null;
}

/** Makes a definition usable for steps, decisions and states that are yet to be read. */
export function stepKind<
  StepSchema extends GenericSchema,
  StateSchema extends GenericSchema,
  DecisionSchema extends GenericSchema,
>(definition: StepDefinition<StepSchema, StateSchema, DecisionSchema>): StepKind {
  const { kind, schema, state: stateSchema, decision: decisionSchema } = definition;
  const asStep = (value: unknown) => parse(schema, value);
  const asState = (value: unknown) => parse(stateSchema, value);
  const asDecision = (value: unknown) => parse(decisionSchema, value);
  return {
    kind,
    schema,
    needed: definition.needed,
    ungraceful: (step) => definition.ungraceful?.(asStep(step)),
    targetsOf: (step, region) => definition.targetsOf(asStep(step), region),
    stateOf: (step, run, purpose) => definition.stateOf(asStep(step), run, purpose),
    judge: (step, state, run) => definition.judge(asStep(step), asState(state), run),
    callsFor: (step, decision, state, run) =>
      definition.callsFor(asStep(step), asDecision(decision), asState(state), run),
    progress: (step, decision, state) =>
      definition.progress(asStep(step), asDecision(decision), asState(state)),
    perform: (call, run) => definition.perform(call, run),
    reversal: (step, decision, before, state, run) =>
      definition.reversal(asStep(step), asDecision(decision), asState(before), asState(state), run),
    recoveryPointSeconds: (before, run) =>
      definition.recoveryPointSeconds === undefined
        ? 0
        : definition.recoveryPointSeconds(asState(before), run),
  };
}

/** A condition without which nothing is done. */
export function required(name: string, ok: boolean, detail: string): Check {
  return { name, ok, level: 'required', detail };
}

/** A condition of an automatic run: without it there is no reason to act. */
export function reason(name: string, ok: boolean, detail: string): Check {
  return { name, ok, level: 'reason', detail };
}

/** A condition that is reported, and keeps nobody from acting. */
export function advisory(name: string, ok: boolean, detail: string): Check {
  return { name, ok, level: 'advisory', detail };
}

/** Returns whether a check keeps the run from acting. */
export function isRefusal({ ok, level }: Check): boolean {
  return !ok && level !== 'advisory';
}
