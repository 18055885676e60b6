import type { EventRecord } from '../bus/delivery.ts';
import { resourceNamed } from '../core/logical-name.ts';
import type { Caller } from '../core/service.ts';
import { UserError } from '../core/user-error.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { App } from '../template/app.ts';
import type { CallLog } from './call-log.ts';
import type { EventResult } from './scenario-result.ts';
import { nextStart } from './scenario-start.ts';
import type { Stage } from './stage.ts';

/** Makes the scenarios' stage of a running rehearsal that notifies `calls` of its calls. */
export function stageOf(runtime: Runtime, calls: CallLog): Stage {
  const { url, skippingClock, simulatedResources } = runtime;
  return {
    inRegion: (region) => stageOf({ ...runtime, ...runtime.inRegion(region) }, calls),
    client: {
      endpoint: url,
      region: runtime.app().region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' },
    },
    call: (service, action, input) => runtime.call(service, action, input, rootOf(runtime)),
    apiUrl: (logicalId) => apiUrlOf(runtime, logicalId),
    physicalId: (logicalId) => physicalIdOf(runtime, logicalId),
    physicalIds: (type) => physicalIdsOf(runtime, type),
    parameter: (name) => runtime.app().parameters[name] ?? '',
    histories: runtime.histories,
    eventOf: (eventId) => eventOf(runtime, eventId),
    eventsOn: (bus) => eventsOn(runtime, bus),
    deadLetterQueues: () => deadLetterQueuesOf(runtime.app()),
    simulatedResources,
    calls,
    holdTime: () => skippingClock?.hold() ?? (() => {}),
    settled: runtime.settled,
    now: () => skippingClock?.now() ?? new Date(),
    async toNextStart() {
      skippingClock?.skipTo(nextStart(skippingClock.now()).getTime());
      await runtime.settled();
    },
    runSchedule: runtime.runSchedule,
    useMocks: runtime.useMocks,
    ...(skippingClock && {
      nobodyAnswers() {
        const deadlineMs = skippingClock.nextAwaited();
        if (deadlineMs !== undefined) skippingClock.skipTo(deadlineMs);
      },
    }),
  };
}

function rootOf({ app }: Runtime): Caller {
  return { arn: `arn:aws:iam::${app().accountId}:root` };
}

function apiUrlOf({ url, app }: Runtime, logicalId: string): string {
  const api = resourceNamed(app().httpApis, logicalId);
  if (api === undefined) throw missing(`HTTP API ${logicalId}`);
  return `${url}/_aws/execute-api/${api.id}`;
}

/** The queues that take what could not be delivered, where the template names them as such. */
function deadLetterQueuesOf({ rules, schedules, functions, queues }: App): readonly string[] {
  const arns = new Set([
    ...rules.flatMap(({ targets }) => targets.map(({ deadLetterArn }) => deadLetterArn)),
    ...schedules.map(({ target }) => target.deadLetterArn),
    ...functions.flatMap((one) => [one.deadLetterArn, one.asyncInvocation?.onFailureArn]),
  ]);
  return queues.filter(({ arn }) => arns.has(arn)).map(({ url }) => url);
}

function physicalIdsOf({ app }: Runtime, type: string): readonly string[] {
  return app()
    .resources.filter((one) => one.type === type)
    .map(({ physicalId }) => physicalId);
}

function physicalIdOf(runtime: Runtime, logicalId: string): string {
  const resource = resourceNamed(runtime.app().resources, logicalId);
  if (resource !== undefined) return resource.physicalId;
  throw missing(logicalId);
}

function missing(what: string): UserError {
  return new UserError('invalid', `The scenarios need ${what}, which the template does not have`);
}

const UNKNOWN = {
  source: '',
  detailType: '',
  rules: [],
  remarks: ['The bus has no record'],
  executionArns: [],
};

function eventOf({ bus }: Runtime, eventId: string): EventResult {
  const record = bus.log.find(eventId);
  return record === undefined ? { ...UNKNOWN, eventId } : eventResult(record);
}

function eventsOn({ app, bus }: Runtime, name: string): readonly EventResult[] {
  const named = app().eventBuses.find((one) => one.logicalId === name || one.name === name);
  if (named === undefined && name !== 'default') throw missing(`the event bus ${name}`);
  const eventBusName = named?.name ?? name;
  return bus.log
    .events()
    .filter((record) => record.eventBusName === eventBusName)
    .map(eventResult);
}

function eventResult(record: EventRecord): EventResult {
  const { event, matchedRules, deliveries, unmatched } = record;
  const failures = deliveries.flatMap(({ result, ruleName }) =>
    result.kind === 'dead-lettered' || result.kind === 'dropped'
      ? [`${result.kind} for ${ruleName}: ${result.errorCode}: ${result.errorMessage}`]
      : [],
  );
  return {
    eventId: event.id,
    source: event.source,
    detailType: event['detail-type'],
    rules: matchedRules.map(({ name }) => name),
    remarks: [...(unmatched === undefined ? [] : [unmatched.reason]), ...failures],
    executionArns: deliveries.flatMap(({ result }) =>
      result.kind === 'delivered' ? (result.executionArn ?? []) : [],
    ),
  };
}
