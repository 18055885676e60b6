import { ownPromise } from '../core/bugs/own-promise.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import { unlessFull } from '../core/unless-full.ts';
import type { Invocation } from './invocation.ts';
import { type InvocationPorts, type InvocationResult, runInvocation } from './run-invocation.ts';
import type { ScheduleDefinition } from './schedule.ts';

/** The clock and services of invocations, and who hears of them. */
export interface InvokerOptions extends InvocationPorts {
  uuid(): string;
  /** Keeps the invocations that have not ended. */
  readonly maps: KeptMaps;
  /** Notified of the result of each invocation. */
  onInvocation(invocation: Invocation, result: InvocationResult): void;
  /** Takes what is thrown and is no refusal: a bug of the rehearsal's. */
  onBug(bug: unknown): void;
}

/** Calls the targets of schedules, and keeps each call until it has ended. */
export interface Invoker {
  /** Begins a call: when it returns, the call is kept. */
  begin(definition: ScheduleDefinition, scheduledAt: Date): Promise<InvocationResult>;
  /** Goes on with the calls that an earlier process has left. */
  resume(): void;
}

interface KeptInvocation extends Invocation {
  readonly retryAttempts: number;
  /** Unix milliseconds after which it is not tried again. */
  readonly deadlineMs: number;
}

/** Opens the calls, with those that an earlier process has left. */
export function createInvoker(options: InvokerOptions): Invoker {
  const { clock, uuid, maps, onInvocation, onBug } = options;
  const kept = maps.map<KeptInvocation>('scheduler/invocations');
  const left = [...kept.values()];
  const keep = (one: KeptInvocation) => unlessFull(() => kept.set(one.executionId, one));

  async function goOn(begun: KeptInvocation): Promise<InvocationResult> {
    const { definition, executionId, scheduledAt, retryAttempts, deadlineMs } = begun;
    const invocation = { definition, executionId, scheduledAt };
    const result = await runInvocation(invocation, options, {
      retriedAlready: retryAttempts,
      deadlineMs,
      onRetry: (number) => keep({ ...begun, retryAttempts: number }),
    });
    unlessFull(() => kept.delete(executionId));
    onInvocation(invocation, result);
    return result;
  }

  return {
    begin(definition, scheduledAt) {
      const executionId = uuid().replaceAll('-', '').slice(0, 16);
      const deadlineMs = clock.now().getTime() + definition.target.maximumEventAgeSeconds * 1000;
      const begun = { definition, executionId, scheduledAt, retryAttempts: 0, deadlineMs };
      keep(begun);
      return goOn(begun);
    },
    resume() {
      for (const one of left) void ownPromise(goOn(one), onBug);
    },
  };
}
