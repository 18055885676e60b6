import type { TaskResult } from '../../packages/signalbox/src/states-language/task-result.ts';
import { failed } from './task-answers.ts';

/** The fault of one task of a run. */
export interface Fault {
  readonly state: string;
  /**
   * `before` it has done anything; `after` it has; `hang` before, and the state's time-out ends it;
   * `late` as `hang`, but it is done when all else is over; `abort` stops the execution before, and
   * `abort-after` after it was done.
   */
  readonly when: 'before' | 'after' | 'hang' | 'late' | 'abort' | 'abort-after';
  /** The error's name; unused if there is no response. */
  readonly error?: string;
  /** The number of attempts that go wrong; all by default. */
  readonly attempts?: number;
}

/** Lets the tasks of a model go wrong. */
export class Faults {
  readonly #attempts = new Map<Fault, number>();
  readonly #late: (() => void)[] = [];

  /** Does a task's work, or lets it go wrong as the first fault of its state wants that is not used up. */
  async perform(
    faults: readonly Fault[],
    state: string,
    work: () => TaskResult,
    abort: () => void,
  ): Promise<TaskResult> {
    const fault = this.#take(faults, state);
    switch (fault?.when) {
      case undefined:
        return work();
      case 'before':
        return failed(fault.error);
      case 'after': {
        const answer = work();
        return answer.kind === 'failed' ? answer : failed(fault.error);
      }
      case 'late':
        this.#late.push(work);
        return new Promise(() => undefined);
      case 'hang':
        return new Promise(() => undefined);
      case 'abort-after':
        work();
        abort();
        return new Promise(() => undefined);
      case 'abort':
        abort();
        return new Promise(() => undefined);
    }
  }

  /** Lets what hung be done after all, as by a function that outlives its state. */
  finishLateWork(): void {
    for (const work of this.#late.splice(0)) work();
  }

  #take(faults: readonly Fault[], state: string): Fault | undefined {
    const fault = faults.find(
      (one) =>
        one.state === state &&
        (this.#attempts.get(one) ?? 0) < (one.attempts ?? Number.POSITIVE_INFINITY),
    );
    if (fault !== undefined) this.#attempts.set(fault, (this.#attempts.get(fault) ?? 0) + 1);
    return fault;
  }
}
