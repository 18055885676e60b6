import type { AccountRegion } from '../core/account-region.ts';
import type { Clock } from '../core/clock.ts';
import { type KeptMaps, unkeptMaps } from '../core/kept-maps.ts';
import { DEFAULT_LIMITS, type Limits } from '../core/limits.ts';
import { Recursions } from '../core/recursions.ts';
import type { Service, ServiceCall } from '../core/service.ts';
import type { HistoryEvent } from '../history/history-event.ts';
import type { HistoryStore, StoredExecution } from '../history/store.ts';
import { createActivities } from './activities.ts';
import { acceptDefinition, type DefinitionRules } from './definition.ts';
import { createHistoryWriter } from './history-writer.ts';
import type { Interpreter } from './interpreter.ts';
import { createMapRuns } from './map-runs/map-runs.ts';
import type { MockConfig } from './mocks/mock-config.ts';
import { createPortsFactory } from './ports.ts';
import { createActivityTasks } from './recovery/activity-tasks.ts';
import { createKeptRetries } from './recovery/kept-retries.ts';
import { type Recovered, recover } from './recovery/recover.ts';
import { createRetirement } from './retirement.ts';
import { createRunner } from './runner.ts';
import { createStateMachines, type ReadMachine } from './state-machines.ts';
import type { StatesContext } from './states-context.ts';
import { createStatesService } from './states-service.ts';
import { type StatusChangeEvent, statusChangeEvent } from './status-change-event.ts';
import { createTags } from './tags.ts';
import { createTaskTokens } from './task-tokens.ts';
import type { HttpOut } from './tasks/http-invoke.ts';
import type { SdkModels } from './tasks/sdk-shape.ts';
import { createTemplateMachines, type TemplateMachines } from './template-machines.ts';
import type { OutputShapes } from './test-state/output-shape.ts';
import { createVersions } from './versions.ts';

/** The clock, services and stores that executions are wired to. */
export interface ExecutionsOptions extends AccountRegion {
  readonly clock: Clock;
  readonly store: HistoryStore;
  /** The one call path. */
  readonly call: ServiceCall;
  /** Whether the registry serves the action: a task that calls another one fails. */
  readonly serves: (service: string, action: string) => boolean;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Puts a `Step Functions Execution Status Change` event on the default bus. */
  readonly publish: (event: StatusChangeEvent) => void;
  /** Hears of what the interpreter threw: a bug of ours, with its stack. */
  readonly onBug: (bug: unknown) => void;
  /** Hears of every event of every execution after it is stored. */
  readonly onEvent?: (execution: StoredExecution, event: HistoryEvent) => void;
  /** The language of the definitions: `AMAZON_STATES_LANGUAGE`. */
  readonly interpreter: Interpreter;
  /**
   * The shapes of responses, against which TestState checks its mocks; nothing is known where it
   * is missing.
   */
  readonly outputShapes?: OutputShapes;
  /** The models of the services, by which `aws-sdk` tasks name members and errors. */
  readonly sdkModels?: SdkModels;
  /** The way out of HTTP Tasks, which are refused where it is missing. */
  readonly http?: HttpOut;
  /** Results of tasks for executions that are started by a test case; read when one is started. */
  readonly mocks?: (() => MockConfig | undefined) | undefined;
  /** Keeps machines, versions, aliases, tags and activities; in memory unless given. */
  readonly maps?: KeptMaps;
  /** How many may run at once, and come of one another; those of a project that sets none, unless given. */
  readonly limits?: Pick<Limits, 'openExecutions' | 'recursions'>;
}

/** The state machines of a rehearsal, and their executions. */
export interface Executions extends TemplateMachines {
  /** The Step Functions API. */
  readonly service: Service;
  /** Makes an activity, unless it is there. */
  defineActivity(activity: { readonly arn: string; readonly name: string }): void;
  /**
   * Goes on with what was running when an earlier process ended, and aborts what cannot go on.
   * To be called once, when everything that they call is in place.
   */
  recover(): Recovered;
  /** Resolves when the execution has ended. @throws {AwsError} `ExecutionDoesNotExist`. */
  ended(executionArn: string): Promise<StoredExecution>;
}

/** Creates the executions of one rehearsal. */
export function createExecutions(options: ExecutionsOptions): Executions {
  const { clock, store, uuid, interpreter, maps = unkeptMaps } = options;
  const tokens = createTaskTokens(uuid, (arn) => store.find(arn) !== undefined);
  const activities = createActivities(maps);
  const activityTasks = createActivityTasks(maps, tokens);
  const readMachine: ReadMachine = (text, type) => acceptDefinition(text, rulesFor(type));
  const retries = createKeptRetries(maps);
  const machines = createStateMachines(maps, readMachine);
  const publishStatus = statusPublisher(options);
  const onEvent: typeof publishStatus = (execution, event) => {
    publishStatus(execution, event);
    retirement.hear(execution, event);
  };
  const writer = createHistoryWriter({ clock, store, onEvent });
  const nested: Omit<StatesContext['runner'], 'resume'> = {
    start: (...given) => runner.start(...given),
    redrive: (...given) => runner.redrive(...given),
    stop: (...given) => runner.stop(...given),
    openCount: () => runner.openCount(),
    ended: (arn) => runner.ended(arn),
  };
  const mapRuns = createMapRuns(maps, store, clock.now());
  const ports = createPortsFactory({
    ...options,
    tokens,
    activityTasks,
    retries,
    activities,
    mapRuns,
    writer,
    nested,
  });
  const runner = createRunner({ ...options, writer, tokens, retries, ports });
  const rulesFor = (type: 'STANDARD' | 'EXPRESS'): DefinitionRules => ({
    interpreter,
    type,
    hasHttp: options.http !== undefined,
  });
  const tags = createTags(maps);
  const versions = createVersions(maps, readMachine);
  const retirement = createRetirement({ store, machines, versions, tags, runner });
  const { retire } = retirement;
  const redriveTokens = new Map();
  const registries = { machines, versions, activities, mapRuns, tokens, tags, redriveTokens };
  const { outputShapes = async () => undefined, limits = DEFAULT_LIMITS } = options;
  const bounds = {
    openExecutions: limits.openExecutions,
    recursions: new Recursions(limits.recursions),
  };
  const context = {
    ...options,
    ...registries,
    ...bounds,
    runner,
    ports,
    rulesFor,
    retire,
    outputShapes,
  };
  return {
    service: createStatesService(context),
    defineActivity({ arn, name }) {
      if (activities.find(arn) !== undefined) return;
      activities.add({ arn, name, creationDate: clock.now() });
    },
    ...createTemplateMachines({ ...options, maps, machines, rulesFor }),
    recover: () => recover({ store, writer, runner, tokens, retries, rulesFor }),
    ended: runner.ended,
  };
}

/** Publishes each change of a Standard execution's status. AWS: Step Functions, EventBridge events. */
function statusPublisher(
  options: ExecutionsOptions,
): (execution: StoredExecution, event: HistoryEvent) => void {
  const { clock, publish, onEvent } = options;
  return (execution, event) => {
    onEvent?.(execution, event);
    if (!STATUS_CHANGES.has(event.type) || execution.header.type === 'EXPRESS') return;
    publish(statusChangeEvent(execution, clock.now()));
  };
}

const STATUS_CHANGES: ReadonlySet<HistoryEvent['type']> = new Set([
  'ExecutionStarted',
  'ExecutionRedriven',
  'ExecutionSucceeded',
  'ExecutionFailed',
  'ExecutionTimedOut',
  'ExecutionAborted',
]);
