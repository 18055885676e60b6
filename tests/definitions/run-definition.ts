import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Json } from '../../packages/signalbox/src/core/json.ts';
import { problemText } from '../../packages/signalbox/src/core/result.ts';
import { createBranch } from '../../packages/signalbox/src/history/branch.ts';
import type { HistoryEvent } from '../../packages/signalbox/src/history/history-event.ts';
import type { StateMachine } from '../../packages/signalbox/src/states-language/ast.ts';
import { parseStateMachine } from '../../packages/signalbox/src/states-language/parse/parse-state-machine.ts';
import type {
  MapRun,
  Ports,
  TaskRequest,
} from '../../packages/signalbox/src/states-language/ports.ts';
import { runStateMachine } from '../../packages/signalbox/src/states-language/run-state-machine.ts';
import type { TaskResult } from '../../packages/signalbox/src/states-language/task-result.ts';

/** The whole surrounding of a workflow's tasks in a test: they reach nothing but this. */
export interface FakeBackend {
  /** Does a task, or never responds. */
  perform(request: TaskRequest, abort: () => void): Promise<TaskResult>;
  /** Answers a task token, or never does. */
  answerToken(request: TaskRequest): Promise<TaskResult>;
}

/** A run as its history records it. */
export interface FinishedRun {
  readonly answer: TaskResult;
  readonly isAborted: boolean;
  /** The states entered, in their order. */
  readonly path: readonly string[];
  readonly history: readonly HistoryEvent[];
  /** The time that it took on the clock that skips waits. */
  readonly durationSeconds: number;
}

/** The definitions' substitutions, as a template would make them. */
const SUBSTITUTIONS: Readonly<Record<string, string>> = {
  EventBusName: 'orders',
  WarehouseQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/warehouse',
  CompensationDeadLettersUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/dead-letters',
  OrdersTableName: 'orders',
  ApprovalThresholds: 'USD=100000,EUR=100000,KRW=100000000',
  ApprovalTimeoutSeconds: '86400',
  ShippingTimeoutSeconds: '172800',
  FailoversTableName: 'failovers',
  OperationsBusName: 'operations',
  OperationsDeadLettersUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/operations-dead',
  ReportsBucketName: 'reports',
  OperationsNoticesTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operations',
  CostReviewsTableName: 'cost-reviews',
  AuditConcurrency: '10',
  RepairApprovalTimeoutSeconds: '86400',
};

/** Reads a definition with its substitutions made, each function's ARN ending in the state's own word. */
export function readDefinition(name: string): Json {
  const text = readFileSync(`statemachines/${name}/definition.asl.yaml`, 'utf8');
  return parse(
    text.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
      const functionName = /^(\w+)FunctionArn$/.exec(variable)?.[1];
      if (functionName !== undefined) {
        return `arn:aws:lambda:eu-central-1:123456789012:function:${functionName}`;
      }
      const value = SUBSTITUTIONS[variable];
      if (value === undefined) throw new Error(`No substitution for "${variable}"`);
      return value;
    }),
  );
}

/** Runs a definition on a fake backend, on a clock that goes on when nothing else does. */
export async function runDefinition(
  name: string,
  input: Json,
  backend: FakeBackend,
  executionArn: string,
): Promise<FinishedRun> {
  const controller = new AbortController();
  const clock = createIdleClock();
  const history: HistoryEvent[] = [];
  const startMs = clock.now().getTime();
  const ports = createPorts(backend, clock, history, executionArn, () => controller.abort());
  const running = runStateMachine(machineOf(name), input, ports, controller.signal);
  const answer = await clock.drive(running);
  return {
    answer,
    isAborted: controller.signal.aborted,
    path: history.flatMap((event) =>
      'name' in event && event.type.endsWith('Entered') ? [event.name] : [],
    ),
    history,
    durationSeconds: (clock.now().getTime() - startMs) / 1_000,
  };
}

const machines = new Map<string, StateMachine>();

/** Reads a definition once. */
function machineOf(name: string): StateMachine {
  const known = machines.get(name);
  if (known !== undefined) return known;
  const parsed = parseStateMachine(readDefinition(name));
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
  machines.set(name, parsed.value);
  return parsed.value;
}

function createPorts(
  backend: FakeBackend,
  clock: IdleClock,
  history: HistoryEvent[],
  executionArn: string,
  abort: () => void,
): Ports {
  const requests = new Map<string, TaskRequest>();
  const waiting = new Map<string, () => void>();
  let count = 0;
  const unsupported = (): never => {
    throw new Error('Not a part of these workflows');
  };
  const ports: Ports = {
    now: clock.now,
    sleep: clock.sleep,
    deadline: clock.sleep,
    random: () => 0.999,
    uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    taskToken: () => `token-${++count}`,
    async invoke(request) {
      const answer = await backend.perform(request, abort);
      if (request.taskToken !== undefined) {
        requests.set(request.taskToken, request);
        waiting.get(request.taskToken)?.();
      }
      return answer;
    },
    async awaitToken(token) {
      await new Promise<void>((resolve) => waiting.set(token, resolve));
      const request = requests.get(token);
      if (request === undefined) throw new Error('The token was handed to nobody');
      return backend.answerToken(request);
    },
    awaitJob: unsupported,
    hasActivity: () => true,
    performActivity: unsupported,
    startMapRun: () => mapRun(ports),
    history: createBranch({ now: clock.now, append: (event) => history.push(event) }),
    context: {
      Execution: {
        Id: executionArn,
        Name: 'test',
        RoleArn: 'arn:aws:iam::123456789012:role/test',
        StartTime: clock.now().toISOString(),
      },
      StateMachine: {
        Id: 'arn:aws:states:eu-central-1:123456789012:stateMachine:test',
        Name: 'test',
      },
    },
  };
  return ports;
}

/** A Map Run whose child executions are on the same backend, their histories left out. */
function mapRun(ports: Ports): MapRun {
  const arn = 'arn:aws:states:eu-central-1:123456789012:mapRun:test/map:1';
  const history = createBranch({ now: ports.now, append: () => undefined });
  return {
    arn,
    child: () => ({
      name: 'child',
      executionArn: `${arn}:child`,
      stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:test/map',
      ports: { ...ports, history },
    }),
    end: () => undefined,
  };
}

interface IdleClock {
  now(): Date;
  sleep(delayMs: number, signal: AbortSignal): Promise<void>;
  /** Lets time pass, whenever nothing else happens, until the work is done. */
  drive<T>(work: Promise<T>): Promise<T>;
}

function createIdleClock(): IdleClock {
  let nowMs = Date.parse('2026-11-22T09:30:00Z');
  const timers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  return {
    now: () => new Date(nowMs),
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const timer = { atMs: nowMs + delayMs, wake: finish };
        timers.add(timer);
        signal.addEventListener('abort', finish, { once: true });
        function finish(): void {
          timers.delete(timer);
          signal.removeEventListener('abort', finish);
          resolve();
        }
      }),
    async drive(work) {
      let isDone = false;
      const done = (): void => {
        isDone = true;
      };
      work.then(done, done);
      for (;;) {
        // Work under way takes microtasks only, so that after a turn of the loop all of it waits.
        await new Promise((resolve) => setImmediate(resolve));
        if (isDone) return work;
        const next = [...timers].sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) throw new Error('Nothing is left to wait for');
        nowMs = Math.max(nowMs, next.atMs);
        next.wake();
      }
    },
  };
}
