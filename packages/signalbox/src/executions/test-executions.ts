import type { AccountRegion } from '../core/account-region.ts';
import { isJsonObject, type Json } from '../core/json.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import { DEFAULT_LIMITS, type Limits } from '../core/limits.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import { createSkippingClock } from '../core/skipping-clock.ts';
import type { HistoryEvent } from '../history/history-event.ts';
import { createMemoryStore } from '../history/memory-store.ts';
import type { HistoryStore } from '../history/store.ts';
import type { StateMachine } from '../states-language/ast.ts';
import type { Ports, TaskRequest } from '../states-language/ports.ts';
import { parseTaskResource } from '../states-language/task/resource.ts';
import type { TaskResult } from '../states-language/task-result.ts';
import { createExecutions } from './executions.ts';
import type { Interpreter } from './interpreter.ts';
import type { MockConfig } from './mocks/mock-config.ts';
import type { StatusChangeEvent } from './status-change-event.ts';
import type { OutputShapes } from './test-state/output-shape.ts';

export const PLACE = { region: 'eu-west-1', accountId: '123456789012' };
export const ROLE_ARN = 'arn:aws:iam::123456789012:role/orders';
export const START_MS = Date.parse('2026-01-05T10:00:00.000Z');

/** The work of a test's state machine in place of states. */
export type Script = (input: Json, ports: Ports, signal: AbortSignal) => Promise<TaskResult>;

/** Returns a value. */
export const succeeded = (output: Json): TaskResult => ({ kind: 'succeeded', output });

/** A task's request with what matters to a test. */
export function requestOf(resource: string, parameters: Json): TaskRequest {
  const rest = { taskToken: undefined, roleArn: undefined, stateName: 'Task', retryCount: 0 };
  return { resource, parameters, ...rest };
}

/** The recorded calls of a fake service path. */
export interface RecordedCall {
  readonly service: string;
  readonly action: string;
  readonly input: object;
  readonly caller: Caller;
}

/** Creates executions on a clock that only skips, with scripts in place of definitions. */
export function createTestExecutions(
  scripts: Readonly<Record<string, Script>>,
  given: {
    readonly store?: HistoryStore;
    readonly call?: ServiceCall;
    readonly resources?: readonly string[];
    readonly interpreter?: Interpreter;
    /** A number in [0, 1), always the same. */
    readonly random?: number;
    readonly outputShapes?: OutputShapes;
    readonly account?: AccountRegion;
    readonly maps?: KeptMaps;
    readonly mocks?: () => MockConfig;
    readonly limits?: Partial<Limits>;
  } = {},
) {
  const clock = createSkippingClock({
    realNow: () => START_MS,
    setTimer: () => ({ cancel: () => {} }),
  });
  const store = given.store ?? createMemoryStore();
  const events: StatusChangeEvent[] = [];
  const bugs: unknown[] = [];
  const calls: RecordedCall[] = [];
  const heard: HistoryEvent[] = [];
  // Another process on the same store makes other ids.
  let ids = store.executions().length * 1000;
  const executions = createExecutions({
    ...(given.account ?? PLACE),
    ...(given.maps === undefined ? {} : { maps: given.maps }),
    ...(given.outputShapes === undefined ? {} : { outputShapes: given.outputShapes }),
    mocks: given.mocks,
    limits: { ...DEFAULT_LIMITS, ...given.limits },
    clock,
    store,
    call: async (service, action, input, caller) => {
      calls.push({ service, action, input, caller });
      if (service === 'states') return callStates(action, input, caller);
      return given.call?.(service, action, input, caller) ?? {};
    },
    serves: (service) => service !== 'ec2' && service !== 'glue',
    random: () => given.random ?? 0.5,
    uuid: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
    publish: (event) => void events.push(event),
    onBug: (bug) => void bugs.push(bug),
    onEvent: (_, event) => void heard.push(event),
    interpreter: given.interpreter ?? scriptInterpreter(scripts, given.resources ?? []),
  });
  async function callStates(action: string, input: object, caller: Caller): Promise<object> {
    const run = executions.service.actions[action];
    if (run === undefined) throw new RangeError(`Cannot find the action ${action}`);
    return run(input, caller);
  }
  /** Calls the API as a person does. */
  const states = (action: string, input: object): Promise<Record<string, unknown>> =>
    callStates(action, input, { arn: 'arn:aws:iam::123456789012:root' }).then((output) => ({
      ...output,
    }));
  const machine = (name: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD') => {
    const arn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;
    const defined = executions.define({
      arn,
      name,
      type,
      roleArn: ROLE_ARN,
      definition: { StartAt: name },
    });
    if (!defined.ok) throw new Error(defined.problems.map(({ message }) => message).join());
    return arn;
  };
  return { executions, clock, store, events, bugs, calls, heard, states, machine };
}

/** A language whose definitions only name a script. */
function scriptInterpreter(
  scripts: Readonly<Record<string, Script>>,
  resources: readonly string[],
): Interpreter {
  return {
    diagnose(definition) {
      const startAt = isJsonObject(definition) ? definition['StartAt'] : undefined;
      if (typeof startAt !== 'string') {
        const problem = { message: 'These fields are required: [StartAt]', path: '' };
        const place = {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          location: '/',
        } as const;
        return { machine: undefined, diagnostics: [{ ...problem, ...place }] };
      }
      const machine: StateMachine = {
        startAt,
        states: new Map(),
        comment: undefined,
        version: undefined,
        queryLanguage: 'JSONata',
        timeoutSeconds: undefined,
      };
      return { machine, diagnostics: [] };
    },
    variableReferencesOf: () => ({}),
    resourcesOf: () =>
      resources.flatMap((text) => {
        const resource = parseTaskResource(text);
        return resource === undefined ? [] : [{ resource, path: 'States.Task.Resource' }];
      }),
    runFrom: () => Promise.reject(new RangeError('Cannot redrive a script')),
    async run(machine, input, ports, signal) {
      ports.history.record({ type: 'ExecutionStarted', input, roleArn: ROLE_ARN });
      const script = scripts[machine.startAt];
      if (script === undefined) throw new RangeError(`Cannot find the script ${machine.startAt}`);
      const result = await script(input, ports, signal);
      if (signal.aborted) return result;
      ports.history.record(
        result.kind === 'succeeded'
          ? { type: 'ExecutionSucceeded', output: result.output }
          : { type: 'ExecutionFailed', error: result.error, cause: result.cause },
      );
      return result;
    },
  };
}
