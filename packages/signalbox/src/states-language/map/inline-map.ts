import type { Json } from '../../core/json.ts';
import { nextTurn } from '../../core/next-turn.ts';
import type { MapState } from '../ast.ts';
import { leaveWith, narrowedInput } from '../data-flow.ts';
import { leave } from '../leave.ts';
import { record, recordOn, type Visit } from '../run.ts';
import { createGroup, type RunGroup, runBranch } from '../run-branches.ts';
import { ABORTED, SIBLING_FAILED, type StateOutcome } from '../state-outcome.ts';
import { itemInput, itemsOf, maxConcurrencyOf } from './items.ts';
import { type MapItem, mapContext, STATE_DATA } from './map-item.ts';

/** AWS runs up to 40 iterations of an inline Map side by side where MaxConcurrency sets no limit. */
const UNLIMITED_CONCURRENCY = 40;

/** A few milliseconds of iterations that only pass something on. */
const ITERATIONS_A_TURN = 250;

/** Runs the iterations inside the execution; the first failure ends them all. */
export async function runInlineMap(state: MapState, visit: Visit): Promise<StateOutcome> {
  const { run } = visit;
  const input = narrowedInput(state.flow, visit);
  const items = await itemsOf(state, visit, input);
  const concurrency = (await maxConcurrencyOf(state, visit, input)) || UNLIMITED_CONCURRENCY;
  if (visit.branches === undefined) record(run, { type: 'MapStateStarted', length: items.length });
  const group = createGroup(run);
  try {
    const map = new InlineMap(state, visit, input, items, group);
    await map.run(concurrency);
    const ending = group.ending();
    if (ending?.kind === 'aborted') {
      if (run.signal.reason === SIBLING_FAILED) record(run, { type: 'MapStateAborted' });
      return ABORTED;
    }
    if (ending !== undefined) return ending;
    recordOn(run, run.branch.fork(), { type: 'MapStateSucceeded' });
    return leave(state, visit, await leaveWith(state.flow, visit, map.outputs), state.transition);
  } finally {
    group.close();
  }
}

class InlineMap {
  readonly outputs: Json[] = [];
  readonly #state: MapState;
  readonly #visit: Visit;
  readonly #input: Json;
  readonly #items: readonly MapItem[];
  readonly #group: RunGroup;
  #next = 0;
  #nextTurnAt = ITERATIONS_A_TURN;
  #turning: Promise<void> | undefined;

  constructor(
    state: MapState,
    visit: Visit,
    input: Json,
    items: readonly MapItem[],
    group: RunGroup,
  ) {
    this.#state = state;
    this.#visit = visit;
    this.#input = input;
    this.#items = items;
    this.#group = group;
  }

  async run(concurrency: number): Promise<void> {
    const slots = Math.min(concurrency, this.#items.length);
    await Promise.all(Array.from({ length: slots }, () => this.#runSlot()));
  }

  /** AWS: an iteration links to the last event of the one whose place it took. */
  async #runSlot(): Promise<void> {
    let lastEventId: number | undefined;
    while (this.#next < this.#items.length && !this.#group.signal.aborted) {
      const turn = this.#turn();
      if (turn !== undefined) await turn;
      if (this.#next >= this.#items.length || this.#group.signal.aborted) return;
      lastEventId = await this.#runIteration(this.#next++, lastEventId);
    }
  }

  /** Thousands of iterations that wait for nothing are one long piece of work: all slots give others a turn. */
  #turn(): Promise<void> | undefined {
    if (this.#next >= this.#nextTurnAt) {
      this.#nextTurnAt = this.#next + ITERATIONS_A_TURN;
      const turn = nextTurn().then(() => {
        if (this.#turning === turn) this.#turning = undefined;
      });
      this.#turning = turn;
    }
    return this.#turning;
  }

  async #runIteration(index: number, after: number | undefined): Promise<number> {
    const resumed = this.#visit.branches?.[index];
    if (resumed?.kind === 'ended') {
      this.outputs[index] = resumed.output;
      return after ?? this.#visit.run.branch.lastEventId;
    }
    const { name, processor } = this.#state;
    const item = this.#items[index] ?? { value: null, source: STATE_DATA };
    const run = this.#group.open(mapContext(index, item, { isDistributed: false }));
    const { branch } = run;
    if (after !== undefined) branch.moveTo(after);
    const entered = resumed?.start.entered;
    if (entered !== undefined) branch.moveTo(entered.enteredEventId);
    else recordOn(run, branch, { type: 'MapIterationStarted', name, index });
    const visit = { ...this.#visit, run: { ...run, branch } };
    const input = await itemInput(this.#state, visit, this.#input, item);
    const start = { graph: processor, input, map: run.map, resumed };
    const outcome = await runBranch(start, run);
    const { lastEventId } = branch;
    const end = branch.fork();
    switch (outcome.kind) {
      case 'succeeded':
        this.outputs[index] = outcome.output;
        recordOn(run, end, { type: 'MapIterationSucceeded', name, index });
        this.#visit.run.branch.moveTo(end.lastEventId);
        break;
      case 'failed':
        recordOn(run, end, { type: 'MapIterationFailed', name, index });
        this.#group.fail(outcome, run);
        break;
      case 'aborted':
        if (run.signal.reason === SIBLING_FAILED) {
          recordOn(run, end, { type: 'MapIterationAborted', name, index });
        }
    }
    return lastEventId;
  }
}
