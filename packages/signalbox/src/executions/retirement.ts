import type { HistoryEvent } from '../history/history-event.ts';
import type { HistoryStore, StoredExecution } from '../history/store.ts';
import type { Runner } from './runner.ts';
import type { MachineRecord, StateMachines } from './state-machines.ts';
import type { Tags } from './tags.ts';
import type { Versions } from './versions.ts';

/** The machines that are being deleted. */
export interface Retirement {
  /** Takes a machine away as soon as its executions have ended. */
  retire(machine: MachineRecord): void;
  /** Hears of every event: an execution of such a machine ends at its next transition. */
  hear(execution: StoredExecution, event: HistoryEvent): void;
}

/** The stores that deleting a machine changes. */
export interface RetirementOptions {
  readonly store: HistoryStore;
  readonly machines: StateMachines;
  readonly versions: Versions;
  readonly tags: Tags;
  readonly runner: Pick<Runner, 'stop'>;
}

/** Creates the bookkeeping of DeleteStateMachine. */
export function createRetirement(options: RetirementOptions): Retirement {
  const { store, machines, versions, tags, runner } = options;

  function removeIfIdle(arn: string): void {
    const isRunning = store.executionsOf(arn).some(({ summary }) => summary.status === 'RUNNING');
    if (isRunning) return;
    machines.remove(arn);
    versions.clear(arn);
    tags.clear(arn);
  }

  return {
    retire(machine) {
      machines.put({ ...machine, status: 'DELETING' });
      removeIfIdle(machine.arn);
    },
    hear({ header, summary }, { type }) {
      const { stateMachineArn, executionArn } = header;
      if (machines.find(stateMachineArn)?.status !== 'DELETING') return;
      if (summary.status !== 'RUNNING') removeIfIdle(stateMachineArn);
      // The event is still being published: the end comes after it.
      else if (type.endsWith('StateExited')) {
        queueMicrotask(() => runner.stop(executionArn, undefined, undefined));
      }
    },
  };
}
