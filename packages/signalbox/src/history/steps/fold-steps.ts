import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { changeStep } from './change-step.ts';
import { endExecution, endInside } from './end-steps.ts';
import { type EventFacts, factsOf } from './event-facts.ts';
import type { Step, StepParent } from './step.ts';

/** What later events need to know of an event: its step, and the place of a state that follows it. */
interface Place {
  readonly step: Step | undefined;
  readonly inside: StepParent | undefined;
}

const NOWHERE: Place = { step: undefined, inside: undefined };

/**
 * The steps of a history so far. An event belongs to the step of the event that it links to
 * (`previousEventId`), but for those that begin a state, or end a Map or Parallel around it.
 */
export class StepFold {
  /** In the order in which they were entered. They change as events come. */
  readonly steps: Step[] = [];
  readonly #byId = new Map<number, Step>();
  readonly #places = new Map<number, Place>();
  readonly #branches = new Map<number, number>();
  #lastEventId = 0;

  /** The id of the last event that was taken. */
  get lastEventId(): number {
    return this.#lastEventId;
  }

  /** Takes the next events, in the order of their ids; those that it has already are passed over. */
  add(events: readonly HistoryEvent[]): void {
    for (const event of events) {
      const facts = factsOf(event);
      if (facts.id <= this.#lastEventId) continue;
      this.#lastEventId = facts.id;
      this.#places.set(facts.id, this.#take(facts));
    }
  }

  /** Finds the step that an event belongs to; undefined for events of the execution itself. */
  stepOf(eventId: number): Step | undefined {
    return this.#byId.get(eventId) ?? this.#places.get(eventId)?.step;
  }

  /** Finds a step by the id of its StateEntered event. */
  stepWithId(stepId: number): Step | undefined {
    return this.#byId.get(stepId);
  }

  #take(facts: EventFacts): Place {
    const before = this.#places.get(facts.previousId) ?? NOWHERE;
    if (facts.type.endsWith('StateEntered')) return this.#enter(facts, before);
    if (facts.type.startsWith('Execution')) {
      endExecution(this.steps, facts, before.step);
      return before;
    }
    const step = this.#ownerOf(facts, before);
    if (step === undefined) return before;
    step.eventIds.push(facts.id);
    changeStep(step, facts);
    endInside(this.steps, facts, step, (inner) => this.#parentOf(inner));
    return { step, inside: insideAfter(facts, step) };
  }

  #enter(facts: EventFacts, before: Place): Place {
    const step = stepOf(facts, before.inside);
    this.steps.push(step);
    this.#byId.set(step.id, step);
    this.#countBranch(facts.previousId, before);
    return { step, inside: step.parent };
  }

  /** Each state that begins right after ParallelStateStarted begins a branch of its own. */
  #countBranch(previousId: number, { step, inside }: Place): void {
    if (step?.type !== 'Parallel' || inside?.stepId !== step.id) return;
    const index = (this.#branches.get(step.id) ?? 0) + 1;
    this.#branches.set(step.id, index);
    this.#places.set(previousId, { step, inside: { stepId: step.id, index } });
  }

  #ownerOf(facts: EventFacts, { step }: Place): Step | undefined {
    const wanted = /^(Map|Parallel)/.exec(facts.type)?.[1];
    let owner = step;
    while (owner !== undefined && !fits(owner, facts, wanted)) owner = this.#parentOf(owner);
    return owner;
  }

  #parentOf({ parent }: Step): Step | undefined {
    return parent === undefined ? undefined : this.#byId.get(parent.stepId);
  }
}

/** Folds the events of a history into its steps. */
export function foldSteps(events: readonly HistoryEvent[]): StepFold {
  const fold = new StepFold();
  fold.add(events);
  return fold;
}

function insideAfter({ type, index = 0 }: EventFacts, step: Step): StepParent | undefined {
  if (type === 'MapIterationStarted') return { stepId: step.id, index };
  if (type === 'ParallelStateStarted') return { stepId: step.id, index: 0 };
  return step.parent;
}

function fits(step: Step, { type, name }: EventFacts, wanted: string | undefined): boolean {
  if (wanted !== undefined && step.type !== wanted) return false;
  return name === undefined || step.name === name || type === 'EvaluationFailed';
}

function stepOf(facts: EventFacts, parent: StepParent | undefined): Step {
  const type = facts.type.slice(0, -'StateEntered'.length);
  return {
    id: facts.id,
    name: facts.name ?? '',
    type,
    parent,
    enteredMs: facts.atMs,
    exitedMs: undefined,
    status: type === 'Wait' ? 'waiting' : 'running',
    input: facts.input,
    output: undefined,
    assigned: undefined,
    error: undefined,
    cause: undefined,
    attempts: [],
    iterations: new Map(),
    length: undefined,
    mapRunArn: undefined,
    eventIds: [facts.id],
  };
}
