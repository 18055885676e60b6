import type { App, CallRecord } from 'signalbox';
import { callName, isAround, isMutating } from '../../packages/signalbox/src/scenarios/call-log.ts';
import type { Stage } from '../../packages/signalbox/src/scenarios/stage.ts';
import type { DrillResult } from './drill-result.ts';

/** Calls that are kept until it is known whose they are. */
export interface KeptCalls {
  /** Ends the keeping; counts the calls of those callers, in the order in which each was first made. */
  countOf(callers: ReadonlySet<string>): DrillResult['calls'];
}

/** Keeps the calls to what is around the app, from now on. */
export function keepCalls(stage: Pick<Stage, 'physicalIds' | 'calls'>): KeptCalls {
  const ownBuckets = stage.physicalIds('AWS::S3::Bucket');
  const kept: CallRecord[] = [];
  const stop = stage.calls.listen((call) => {
    if (isAround(call, ownBuckets)) kept.push(call);
  });
  return {
    countOf(callers) {
      stop();
      const counts = new Map<string, DrillResult['calls'][number]>();
      for (const call of kept.filter(({ caller }) => callers.has(caller.arn))) {
        const name = callName(call);
        const count = (counts.get(name)?.count ?? 0) + 1;
        counts.set(name, { call: name, count, isMutating: isMutating(call, ownBuckets) });
      }
      return [...counts.values()];
    },
  };
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
  const called = functions.filter(({ arn }) => definition.includes(JSON.stringify(arn)));
  return new Set([machine.roleArn, ...called.map(({ roleArn }) => roleArn)]);
}
