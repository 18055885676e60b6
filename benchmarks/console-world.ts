import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { ConsoleCall } from '../packages/signalbox/src/console/server/console-options.ts';
import type { ExecutionChanges } from '../packages/signalbox/src/console/server/execution-changes.ts';

/** How much there is to be shown. */
export interface WorldSize {
  readonly executions: number;
  readonly events: number;
  readonly states: number;
}

/** An account as large as is wished, whose answers cost nothing: what is measured is the console. */
export interface ConsoleWorld {
  readonly call: ConsoleCall;
  readonly changes: ExecutionChanges;
  /** The execution with all the events. */
  readonly longArn: string;
  /** Lets so many executions change at once. */
  change(count: number): void;
}

const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:large';
const STARTED_MS = Date.UTC(2026, 0, 5);

/** Makes a world of one state machine: a chain of Pass states that begins again at its end. */
export function consoleWorld(size: WorldSize): ConsoleWorld {
  const listeners = new Set<(arns: readonly string[]) => void>();
  const history = historyOf(size);
  const definition = JSON.stringify(definitionOf(size.states));
  const turns = new Map<number, number>();
  const describe = (at: number) => ({
    executionArn: arnOf(at),
    stateMachineArn: MACHINE,
    name: `execution-${at}`,
    // It fails at first, or not, and each change turns it: who looks on sees whether pictures follow.
    status: (at % 10 === 0) === ((turns.get(at) ?? 0) % 2 === 0) ? 'FAILED' : 'SUCCEEDED',
    startDate: new Date(STARTED_MS + at * 1_000),
    stopDate: new Date(STARTED_MS + at * 1_000 + 500),
    input: '{}',
  });
  const answers: Readonly<Record<string, (input: Asked) => object>> = {
    ListStateMachines: () => ({
      stateMachines: [{ stateMachineArn: MACHINE, name: 'large', type: 'STANDARD' }],
    }),
    ListExecutions: ({ maxResults = 1_000, nextToken = '0' }) => {
      const from = Number(nextToken);
      const to = Math.min(size.executions, from + maxResults);
      const executions = Array.from({ length: to - from }, (_, at) =>
        describe(size.executions - 1 - from - at),
      );
      return { executions, ...(to < size.executions ? { nextToken: String(to) } : {}) };
    },
    DescribeExecution: ({ executionArn = '' }) => describe(Number(executionArn.split('-').at(-1))),
    DescribeStateMachineForExecution: () => ({
      stateMachineArn: MACHINE,
      name: 'large',
      definition,
    }),
    GetExecutionHistory: ({ maxResults = 1_000, nextToken = '0', reverseOrder = false }) => {
      const from = Number(nextToken);
      const all = reverseOrder ? history.toReversed() : history;
      const to = Math.min(all.length, from + maxResults);
      return { events: all.slice(from, to), ...(to < all.length ? { nextToken: String(to) } : {}) };
    },
  };
  let next = 0;
  return {
    longArn: arnOf(0),
    call: async (_service, action, input) => answers[action]?.(input) ?? {},
    changes: {
      all(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      of: () => () => undefined,
    },
    change(count) {
      const changed = Array.from({ length: count }, (_, at) => (next + at) % size.executions);
      next += count;
      for (const at of changed) turns.set(at, (turns.get(at) ?? 0) + 1);
      const arns = changed.map(arnOf);
      for (const listener of listeners) listener(arns);
    },
  };
}

/** The members of the inputs that are read here. */
interface Asked {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly reverseOrder?: boolean;
  readonly executionArn?: string;
}

function arnOf(at: number): string {
  return `${MACHINE.replace(':stateMachine:', ':execution:')}:execution-${at}`;
}

/** A chain of states; every tenth is a Choice that may skip the next. */
export function definitionOf(states: number): {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, object>>;
} {
  const name = (at: number) => `State-${at}`;
  const entries = Array.from({ length: states }, (_, at): readonly [string, object] => {
    if (at === states - 1) return [name(at), { Type: 'Succeed' }];
    if (at % 10 !== 5 || at + 2 >= states) return [name(at), { Type: 'Pass', Next: name(at + 1) }];
    const Choices = [{ Variable: '$.skips', BooleanEquals: true, Next: name(at + 2) }];
    return [name(at), { Type: 'Choice', Choices, Default: name(at + 1) }];
  });
  return { StartAt: name(0), States: Object.fromEntries(entries) };
}

function historyOf({ events, states }: WorldSize): readonly HistoryEvent[] {
  const all: HistoryEvent[] = [
    { id: 1, previousEventId: 0, type: 'ExecutionStarted', timestamp: new Date(STARTED_MS) },
  ];
  while (all.length < events) {
    const id = all.length + 1;
    const name = `State-${Math.floor((id - 2) / 2) % states}`;
    const isEntry = id % 2 === 0;
    const timestamp = new Date(STARTED_MS + id * 5);
    all.push({
      ...{ id, previousEventId: id - 1, timestamp },
      ...(isEntry
        ? { type: 'PassStateEntered', stateEnteredEventDetails: { name, input: `{"n":${id}}` } }
        : { type: 'PassStateExited', stateExitedEventDetails: { name, output: `{"n":${id}}` } }),
    });
  }
  return all;
}
