import type { App, CallRecord } from 'signalbox';
import type { DrillResult } from './drill-result.ts';

/** Calls that are kept until it is known whose they are. */
export interface KeptCalls {
  /** Takes a call; for the rehearsal's option of the same name. */
  onCall(call: CallRecord): void;
  /** Forgets the calls that came until now. */
  clear(): void;
  /** Counts the calls of those callers, in the order in which each was first made. */
  countOf(callers: ReadonlySet<string>, ownBuckets: readonly string[]): DrillResult['calls'];
}

/** The services of the simulated resources, by their signing names. */
const AROUND = new Set(['rds', 'autoscaling', 'route53', 'route53-recovery-cluster', 's3']);

/** Keeps the calls to the simulated resources; buckets of the app itself are none of them. */
export function createCallKeeper(): KeptCalls {
  const kept: CallRecord[] = [];
  return {
    onCall(call) {
      if (AROUND.has(call.service)) kept.push(call);
    },
    clear() {
      kept.length = 0;
    },
    countOf(callers, ownBuckets) {
      const counts = new Map<string, DrillResult['calls'][number]>();
      for (const call of kept) {
        if (!callers.has(call.caller.arn) || isOnOwnBucket(call, ownBuckets)) continue;
        const name = `${call.service}:${call.action}`;
        const count = (counts.get(name)?.count ?? 0) + 1;
        counts.set(name, { call: name, count, isMutating: isMutating(call) });
      }
      return [...counts.values()];
    },
  };
}

function isOnOwnBucket({ service, input }: CallRecord, ownBuckets: readonly string[]): boolean {
  return service === 's3' && 'Bucket' in input && ownBuckets.includes(String(input.Bucket));
}

/** A call that changes a resource, or tries to. */
function isMutating({ action }: CallRecord): boolean {
  return !/^(Describe|Get|List|Head)/.test(action);
}

/**
 * The roles by which an execution calls: its state machine's, and those of the functions that the
 * definition names. Others may call meanwhile, such as the plan's evaluation.
 */
export function rolesOf(
  { stateMachines, functions }: Pick<App, 'stateMachines' | 'functions'>,
  executionArn: string,
): ReadonlySet<string> {
  const machineArn = executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
  const machine = stateMachines.find(({ arn }) => arn === machineArn);
  if (machine === undefined) return new Set();
  const definition = JSON.stringify(machine.definition);
  // By its ARN as it is, or with a version or an alias behind it.
  const called = functions.filter(({ arn }) =>
    [`"${arn}"`, `"${arn}:`].some((start) => definition.includes(start)),
  );
  return new Set([machine.roleArn, ...called.map(({ roleArn }) => roleArn)]);
}
