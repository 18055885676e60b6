import type { JsonObject } from '../../core/json.ts';
import type {
  Catcher,
  DataFlow,
  MapState,
  ParallelState,
  QueryLanguage,
  Retrier,
  State,
  StateGraph,
  TaskState,
  WaitTime,
} from '../ast.ts';
import { printRule } from './print-condition.ts';
import { printMap } from './print-map.ts';
import { printArguments, printAssign, printField, printValueOrPath } from './print-template.ts';

/** Writes states with their start; `machine` is the query language of states that name none. */
export function printGraph({ startAt, states }: StateGraph, machine: QueryLanguage): JsonObject {
  const members = [...states].map(([name, state]) => [name, printState(state, machine)]);
  return { StartAt: startAt, States: Object.fromEntries(members) };
}

function printState(state: State, machine: QueryLanguage): JsonObject {
  const { comment, flow } = state;
  return {
    Type: state.type,
    ...(comment === undefined ? {} : { Comment: comment }),
    ...(flow.language === machine ? {} : { QueryLanguage: flow.language }),
    ...printOwn(state, machine),
    ...printFlow(flow),
    ...('retriers' in state ? printErrors(state) : {}),
    ...('transition' in state ? printTransition(state) : {}),
  };
}

/** The fields of a type that it does not share with others. */
function printOwn(state: State, machine: QueryLanguage): JsonObject {
  switch (state.type) {
    case 'Pass':
      return state.result === undefined ? {} : { Result: state.result };
    case 'Task':
      return printTask(state);
    case 'Choice': {
      const isJsonata = state.flow.language === 'JSONata';
      const choices = { Choices: state.rules.map((rule) => printRule(rule, isJsonata)) };
      return state.defaultState === undefined
        ? choices
        : { ...choices, Default: state.defaultState };
    }
    case 'Wait':
      return printTime(state.time);
    case 'Succeed':
      return {};
    case 'Fail':
      return {
        ...printValueOrPath('Error', state.error),
        ...printValueOrPath('Cause', state.cause),
      };
    case 'Parallel':
      return { Branches: state.branches.map((branch) => printGraph(branch, machine)) };
    case 'Map':
      return printMap(state, printGraph(state.processor, machine));
  }
}

function printTask({ resource, roleArn, timeoutSeconds, heartbeatSeconds }: TaskState): JsonObject {
  const isMissing = roleArn?.kind === 'literal' && roleArn.value === null;
  const dynamic = roleArn?.kind === 'path' || roleArn?.kind === 'intrinsic';
  return {
    Resource: resource.text,
    ...(roleArn === undefined
      ? {}
      : { Credentials: isMissing ? {} : printField(dynamic ? 'RoleArn.$' : 'RoleArn', roleArn) }),
    ...printValueOrPath('TimeoutSeconds', timeoutSeconds),
    ...printValueOrPath('HeartbeatSeconds', heartbeatSeconds),
  };
}

function printTime({ kind, value }: WaitTime): JsonObject {
  return printValueOrPath(kind === 'seconds' ? 'Seconds' : 'Timestamp', value);
}

function printFlow(flow: DataFlow): JsonObject {
  if (flow.language === 'JSONata') {
    return {
      ...printArguments(flow.language, flow.arguments),
      ...printField('Output', flow.output),
      ...printAssign(flow.assign),
    };
  }
  return {
    ...printPath('InputPath', flow.inputPath),
    ...printArguments(flow.language, flow.parameters),
    ...printField('ResultSelector', flow.resultSelector),
    ...printPath('ResultPath', flow.resultPath),
    ...printPath('OutputPath', flow.outputPath),
    ...printAssign(flow.assign),
  };
}

function printPath(name: string, path: { readonly text: string } | null | undefined): JsonObject {
  return path === undefined ? {} : { [name]: path === null ? null : path.text };
}

function printErrors({ retriers, catchers }: TaskState | ParallelState | MapState): JsonObject {
  return {
    ...(retriers.length === 0 ? {} : { Retry: retriers.map(printRetrier) }),
    ...(catchers.length === 0 ? {} : { Catch: catchers.map(printCatcher) }),
  };
}

function printRetrier(retrier: Retrier): JsonObject {
  const { maxDelaySeconds } = retrier;
  return {
    ErrorEquals: retrier.errorEquals,
    IntervalSeconds: retrier.intervalSeconds,
    MaxAttempts: retrier.maxAttempts,
    BackoffRate: retrier.backoffRate,
    ...(maxDelaySeconds === undefined ? {} : { MaxDelaySeconds: maxDelaySeconds }),
    JitterStrategy: retrier.jitterStrategy,
  };
}

function printCatcher({ errorEquals, next, resultPath, output, assign }: Catcher): JsonObject {
  return {
    ErrorEquals: errorEquals,
    ...printPath('ResultPath', resultPath),
    ...printField('Output', output),
    ...printAssign(assign),
    Next: next,
  };
}

function printTransition({ transition }: Extract<State, { transition: unknown }>): JsonObject {
  return transition.kind === 'next' ? { Next: transition.state } : { End: true };
}
