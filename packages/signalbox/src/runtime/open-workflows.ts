import { randomUUID } from 'node:crypto';
import { createEventsService } from '../bus/api/events-service.ts';
import { type Bus, createBus } from '../bus/bus.ts';
import { createDeadLetterSender, createDeliver } from '../bus/deliver.ts';
import type { Connections } from '../connections/connections.ts';
import type { Clock } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Limits } from '../core/limits.ts';
import { problemText } from '../core/result.ts';
import type { Service, ServiceCall } from '../core/service.ts';
import { AMAZON_STATES_LANGUAGE } from '../executions/amazon-states-language.ts';
import { createExecutions, type Executions } from '../executions/executions.ts';
import type { MockConfig } from '../executions/mocks/mock-config.ts';
import type { SdkModels } from '../executions/tasks/sdk-shape.ts';
import type { OutputShapes } from '../executions/test-state/output-shape.ts';
import { openFileStore } from '../history/file-store.ts';
import type { HistoryStore, StoredExecution } from '../history/store.ts';
import type { RegionStore } from '../store/open-store.ts';
import type { App } from '../template/app.ts';
import { httpCall } from './http-call.ts';
import { openConnections } from './open-connections.ts';
import { isRuleSchedule, type OpenedSchedules, openSchedules } from './open-schedules.ts';
import type { OwnMetrics } from './own-metrics.ts';
import { queueUrlOf } from './queue-url-of.ts';

/** AWS: an HTTP Task waits a minute for its response. */
const HTTP_TASK_MS = 60_000;

/** The options that a rehearsal's events and workflows are opened with. */
export interface WorkflowsOptions {
  readonly clock: Clock;
  readonly call: ServiceCall;
  readonly serves: (service: string, action: string) => boolean;
  readonly region: string;
  readonly accountId: string;
  readonly endpointUrl: string;
  readonly store: RegionStore;
  readonly maps: KeptMaps;
  readonly limits: Limits;
  /** Whether the template's schedules wait until they are released. */
  readonly holdsSchedules?: boolean | undefined;
  readonly app: () => App;
  /** The buses of another Region, which opens for them. @throws {AwsError} For what is no Region. */
  readonly busIn: (region: string) => Promise<Bus>;
  readonly say: (line: string) => void;
  readonly onBug: (bug: unknown) => void;
  readonly outputShapes: OutputShapes;
  readonly sdkModels: SdkModels;
  /** Results of tasks for executions that are started by a test case. */
  readonly mocks?: (() => MockConfig | undefined) | undefined;
  readonly services: { readonly ownMetrics: OwnMetrics };
  /** Hears of each event of a history after it is stored. */
  readonly onEvent: (execution: StoredExecution) => void;
}

/** The buses, the schedules and the executions that they start. */
export interface OpenedWorkflows {
  readonly bus: Bus;
  readonly connections: Connections;
  readonly schedules: OpenedSchedules;
  readonly executions: Executions;
  readonly store: HistoryStore;
  readonly services: readonly Service[];
  /** Goes on with the deliveries and calls that an earlier process has left, once their targets are in place. */
  resume(): void;
  close(): Promise<void>;
}

/** Opens the store, the executions and the buses, each the other's neighbour. */
export function openWorkflows(options: WorkflowsOptions): OpenedWorkflows {
  const { clock, call, say, limits } = options;
  const { disk, histories } = options.store;
  const { store, problems } = openFileStore(histories, {
    disk,
    say,
    keptExecutions: limits.executions,
  });
  for (const problem of problems) say(problemText(problem));
  const remark = sayOnce(say);
  const queueUrl = (arn: string) => queueUrlOf(arn, options.endpointUrl);
  const { connections, credentialsOf, invokeDestination, actions } = openConnections(options);
  const bus = createBus({
    clock,
    onBug: options.onBug,
    maps: options.maps,
    logCapacity: limits.events,
    openLog: options.store.openEvents,
    random: Math.random,
    uuid: randomUUID,
    region: options.region,
    accountId: options.accountId,
    isSchedule: isRuleSchedule,
    toRegion: async (region, arrival) => (await options.busIn(region)).receive(arrival),
    deliver: createDeliver({ call, queueUrl, invokeDestination }),
    sendToDeadLetters: createDeadLetterSender({ call, queueUrl }),
    onDelivery(delivery) {
      options.services.ownMetrics.delivery(delivery);
      const { result, ruleName, eventId } = delivery;
      if (result.kind !== 'dropped') return;
      say(`Event ${eventId} is lost for ${ruleName}: ${result.errorMessage} (${result.because})`);
    },
    onUnmatched(event, unmatched) {
      if (event.source.startsWith('aws.')) return; // nobody asked for those
      const { eventBusName, reason } = unmatched;
      const what = `${event['detail-type']} (${event.source}) on ${eventBusName}`;
      remark(`Remark, said once: ${what}: ${reason}`);
    },
  });
  const executions = createExecutions({
    ...options,
    store,
    random: Math.random,
    uuid: randomUUID,
    publish(event) {
      options.services.ownMetrics.execution(event);
      bus.publish(event);
    },
    interpreter: AMAZON_STATES_LANGUAGE,
    http: { send: httpCall(clock, HTTP_TASK_MS), credentialsOf },
  });
  const schedules = openSchedules({ ...options, bus, queueUrl });
  return {
    bus,
    connections,
    schedules,
    executions,
    store,
    resume() {
      bus.resume();
      schedules.resume();
    },
    async close() {
      schedules.close();
      await store.close();
    },
    services: [executions.service, createEventsService(bus, actions), schedules.service],
  };
}

/** Says each line once: an announcement that nobody waits for is no news the second time. */
function sayOnce(say: (line: string) => void): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (!said.has(line)) say(line);
    said.add(line);
  };
}
