import type { SkippingClock } from '../../packages/signalbox/src/core/skipping-clock.ts';
import { createInjectedFaults, type InjectedFaults } from '../failovers/injected-faults.ts';
import { type StartedRehearsal, startRehearsal } from '../rehearsals/start-rehearsal.ts';
import { type CallCounter, createCallCounter } from './call-counter.ts';

/** A rehearsal in which one run after the other is played. */
export interface OrderStage extends StartedRehearsal {
  readonly journal: CallCounter;
  readonly injectedFaults: InjectedFaults;
  readonly clock: SkippingClock;
  /** Of order-processing and of order-reconciliation. */
  readonly machineArns: readonly string[];
}

/** All functions of orders stay warm: to start one costs as much as half a run. */
const WARM_WORKERS = { maximumWorkers: 40, idleMs: 600_000 };

/** Starts a rehearsal of this project for runs of the randomised test. */
export async function openOrderStage(): Promise<OrderStage> {
  const injectedFaults = createInjectedFaults();
  const journal = createCallCounter();
  const rehearsal = await startRehearsal({
    onCall: journal.onCall,
    injectedFaultOf: injectedFaults.injectedFaultOf,
    functionWorkers: WARM_WORKERS,
  });
  const { stage, runtime } = rehearsal;
  const { skippingClock } = runtime;
  if (skippingClock === undefined) throw new RangeError('The clock does not skip');
  return {
    ...rehearsal,
    journal,
    injectedFaults,
    clock: skippingClock,
    machineArns: ['OrderProcessingStateMachine', 'OrderReconciliationStateMachine'].map(
      stage.physicalId,
    ),
  };
}
