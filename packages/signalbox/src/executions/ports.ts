import type { AccountRegion } from '../core/account-region.ts';
import { type Clock, sleep } from '../core/clock.ts';
import { jsonText } from '../core/exact-json/exact-number.ts';
import type { ServiceCall } from '../core/service.ts';
import { stepTrace } from '../core/step-trace.ts';
import { unlessAborted } from '../core/unless-aborted.ts';
import type { ExecutionHeader, HistoryStore } from '../history/store.ts';
import type { Ports, TaskRequest } from '../states-language/ports.ts';
import type { TaskResult } from '../states-language/task-result.ts';
import type { Activities } from './activities.ts';
import { startedByOf } from './execution-description.ts';
import type { HistoryWriter } from './history-writer.ts';
import type { PortsFactory } from './interpreter.ts';
import { lineageOf } from './lineage-of.ts';
import { openMapRun } from './map-runs/map-run.ts';
import type { MapRuns } from './map-runs/map-runs.ts';
import { redriveMapRun } from './map-runs/redriven-map-run.ts';
import type { MockConfig } from './mocks/mock-config.ts';
import { mockedPorts } from './mocks/mocked-ports.ts';
import { awaitNestedExecution, type NestedExecutions } from './nested-execution.ts';
import type { ActivityTasks } from './recovery/activity-tasks.ts';
import type { KeptRetries } from './recovery/kept-retries.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { HttpOut } from './tasks/http-invoke.ts';
import { invokeTask } from './tasks/invoke-task.ts';
import type { SdkModels } from './tasks/sdk-shape.ts';

/** The services that ports are wired to. */
export interface PortsOptions extends AccountRegion {
  readonly clock: Clock;
  readonly call: ServiceCall;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  readonly activityTasks: ActivityTasks;
  readonly retries: KeptRetries;
  readonly store: HistoryStore;
  readonly writer: HistoryWriter;
  readonly nested: NestedExecutions;
  readonly mapRuns: MapRuns;
  readonly http?: HttpOut | undefined;
  readonly serves: (service: string, action: string) => boolean;
  readonly sdkModels?: SdkModels | undefined;
  readonly mocks?: (() => MockConfig | undefined) | undefined;
}

/** Creates the factory of ports. */
export function createPortsFactory(options: PortsOptions): PortsFactory {
  const { clock, random, uuid, tokens, nested } = options;
  const unmocked: PortsFactory = (header, input, history, redrive) => ({
    now: () => clock.now(),
    sleep: (delayMs, signal) => sleep(clock, delayMs, signal),
    deadline: (delayMs, signal) => sleep(clock, delayMs, signal, { awaited: true }),
    random,
    uuid,
    taskToken: () => tokens.issue(header.executionArn),
    invoke: (request, signal) => invoke(options, header, request, signal),
    awaitToken(token, onHeartbeat, signal) {
      tokens.reopen(token);
      return tokens.wait(token, onHeartbeat, signal);
    },
    awaitJob: (request, submitted, signal) =>
      awaitNestedExecution(nested, header.executionArn, { request, submitted, signal }),
    hasActivity: (arn) => options.activities.find(arn) !== undefined,
    performActivity: (request, progress, signal) =>
      performActivity(options, header.executionArn, { request, progress, signal }),
    startMapRun: (request) => openMapRun({ ...options, ports: factory }, header, request),
    keepRetry(enteredEventId, retry) {
      // The child of a Map Run does not go on after a restart.
      if (header.mapRunArn !== undefined) return;
      options.retries.keep(header.executionArn, enteredEventId, retry);
    },
    redriveMapRun: (arn) =>
      redriveMapRun({ ...options, ports: factory }, header, options.mapRuns.get(arn)),
    history,
    startedBy: startedByOf(header),
    context: {
      Execution: {
        Id: header.executionArn,
        Input: input,
        Name: header.name,
        RoleArn: header.roleArn,
        StartTime: header.startDate,
        // AWS: an Express execution has a count that stays 0, and none where it was started synchronously (recorded).
        ...(header.isSync === true ? {} : { RedriveCount: redrive?.count ?? 0 }),
        ...(redrive === undefined ? {} : { RedriveTime: redrive.date.toISOString() }),
      },
      StateMachine: { Id: header.stateMachineArn, Name: header.stateMachineName },
    },
  });
  const factory: PortsFactory = (header, ...given) => {
    const ports = unmocked(header, ...given);
    const mocks = header.mocked === undefined ? undefined : options.mocks?.();
    if (header.mocked === undefined || mocks === undefined) return ports;
    return mockedPorts(ports, mocks, header.mocked);
  };
  return factory;
}

async function invoke(
  { clock, call, uuid, tokens, http, serves, sdkModels }: PortsOptions,
  { roleArn, startDate, stateMachineArn, executionArn, ...header }: ExecutionHeader,
  request: TaskRequest,
  signal: AbortSignal,
): Promise<TaskResult> {
  const { stateName } = request;
  const step = { executionArn, stateName, parameters: jsonText(request.parameters) };
  const traceHeader = stepTrace(header.traceHeader, step, startDate);
  const lineage = lineageOf(traceHeader, stateMachineArn);
  const resources = [stateMachineArn, executionArn];
  const own = { roleArn, traceHeader, lineage, resources, now: () => clock.now() };
  const context = { ...own, call, uuid, http, serves, sdkModels };
  const result = await unlessAborted(invokeTask(request, context), signal, abandoned);
  if (result.kind === 'failed' && request.taskToken !== undefined) tokens.close(request.taskToken);
  return result;
}

/** The result of a task that nobody waits for any longer. */
function abandoned(): TaskResult {
  return { kind: 'failed', error: undefined, cause: undefined };
}

async function performActivity(
  { tokens, activities, activityTasks }: PortsOptions,
  executionArn: string,
  {
    request,
    progress,
    signal,
  }: {
    readonly request: TaskRequest;
    readonly progress: Parameters<Ports['performActivity']>[1];
    readonly signal: AbortSignal;
  },
): Promise<TaskResult> {
  if (activities.find(request.resource) === undefined) {
    const cause = `The activity ${request.resource} does not exist.`;
    return { kind: 'failed', error: 'States.Runtime', cause, stage: 'schedule' };
  }
  const input = jsonText(request.parameters);
  const taskToken = activityTasks.begin(executionArn, request.resource, input);
  const wait = () => tokens.wait(taskToken, () => progress.heartbeat(), signal);
  const task = { taskToken, input };
  const performed = progress.isTaken
    ? wait()
    : activities.perform(request.resource, task, progress, wait, signal);
  return performed.finally(() => activityTasks.end(taskToken));
}
