import { AwsError } from '../../packages/signalbox/src/core/aws-error.ts';
import type { ChooseInjectedFault } from '../../packages/signalbox/src/endpoint/registry.ts';
import { isPerson } from './is-person.ts';
import type { PlannedInjectedFault } from './run-plan.ts';

/** Lets the calls of a run go wrong that its plan names. */
export interface InjectedFaults {
  readonly injectedFaultOf: ChooseInjectedFault;
  /** Begins to count anew. */
  begin(planned: readonly PlannedInjectedFault[]): void;
  /** Lets no call go wrong any more. */
  end(): void;
  /** The number of calls that went wrong since the beginning. */
  count(): number;
  /** Whether an error is a lost answer's: what was asked for is done. */
  isLostAnswer(error: unknown): boolean;
}

/** Makes injected faults that do not begin by themselves. */
export function createInjectedFaults(): InjectedFaults {
  let planned: readonly PlannedInjectedFault[] = [];
  const counts = new Map<string, number>();
  const lost = new WeakSet<object>();
  let wrong = 0;
  return {
    begin(next) {
      planned = next;
      counts.clear();
      wrong = 0;
    },
    end() {
      planned = [];
    },
    count: () => wrong,
    isLostAnswer: (error) => typeof error === 'object' && error !== null && lost.has(error),
    injectedFaultOf({ service, action, input, caller }) {
      if (planned.length === 0 || isPerson(caller)) return undefined;
      const injectedFault = namesOf(service, action, input)
        .map((call) => {
          const count = (counts.get(call) ?? 0) + 1;
          counts.set(call, count);
          return planned.find(
            (one) =>
              one.call === call && count >= one.occurrence && count < one.occurrence + one.times,
          );
        })
        .find((one) => one !== undefined);
      if (injectedFault === undefined) return undefined;
      wrong += 1;
      const inside = service === 'lambda' ? 'ServiceException' : 'InternalFailure';
      const name = injectedFault.error ?? inside;
      const error = new AwsError(name, 'Something goes wrong on purpose');
      if (injectedFault.when === 'after') lost.add(error);
      return { when: injectedFault.when, error };
    },
  };
}

/** A call by its own name, and for a function's by the logical name of that as well. */
function namesOf(service: string, action: string, input: object): readonly string[] {
  const call = `${service}:${action}`;
  const functionName = 'FunctionName' in input ? String(input.FunctionName) : '';
  const logicalName = /([A-Z][A-Za-z]+)Function(?:$|-|:)/.exec(functionName)?.[1];
  return logicalName === undefined ? [call] : [call, `${call}/${logicalName}`];
}
