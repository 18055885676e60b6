import type { EventRecord } from '../bus/delivery.ts';
import { isJsonObject } from '../core/json.ts';
import { resourceNamed } from '../core/logical-name.ts';
import { UserError } from '../core/user-error.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { CallLog } from './call-log.ts';
import type { EventResult } from './scenario-result.ts';
import { nextStart } from './scenario-start.ts';
import type { Stage } from './stage.ts';

/** Makes the scenarios' stage of a running rehearsal whose calls are told to `calls`. */
export function stageOf(runtime: Runtime, calls: CallLog): Stage {
  const { url, skippingClock, world } = runtime;
  return {
    client: {
      endpoint: url,
      region: runtime.app().region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' },
    },
    apiUrl: apiUrlOf(runtime, 'OrdersApi'),
    operationsApiUrl: apiUrlOf(runtime, 'OperationsApi'),
    physicalId: (logicalId) => physicalIdOf(runtime, logicalId),
    physicalIds: (type) => physicalIdsOf(runtime, type),
    parameter: (name) => runtime.app().parameters[name] ?? '',
    eventOf: (eventId) => eventOf(runtime, eventId),
    operationsEvents: () => eventsOn(runtime, physicalIdOf(runtime, 'OperationsBus')),
    world,
    calls,
    holdTime: () => skippingClock?.hold() ?? (() => {}),
    paymentOf: (orderId) =>
      // The order's key, under which a charge that never came may have been voided.
      paymentStatus(world, `${orderId}-charge`),
    settled: runtime.settled,
    now: () => skippingClock?.now() ?? new Date(),
    async toNextStart() {
      skippingClock?.skipTo(nextStart(skippingClock.now()).getTime());
      await runtime.settled();
    },
    runSchedule: runtime.runSchedule,
    ...(skippingClock && {
      nobodyAnswers() {
        const deadlineMs = skippingClock.nextAwaited();
        if (deadlineMs !== undefined) skippingClock.skipTo(deadlineMs);
      },
    }),
  };
}

function paymentStatus(world: Runtime['world'], key: string): string {
  const shown = world.show('payments')?.['payments'];
  const statuses = isJsonObject(shown) ? shown['payments'] : undefined;
  const status = isJsonObject(statuses) ? statuses[key] : undefined;
  return typeof status === 'string' ? status : 'none';
}

function apiUrlOf({ url, app }: Runtime, logicalId: string): string {
  const api = resourceNamed(app().httpApis, logicalId);
  return `${url}/_aws/execute-api/${api?.id}`;
}

function physicalIdsOf({ app }: Runtime, type: string): readonly string[] {
  return app()
    .resources.filter((one) => one.type === type)
    .map(({ physicalId }) => physicalId);
}

function physicalIdOf(runtime: Runtime, logicalId: string): string {
  const resource = resourceNamed(runtime.app().resources, logicalId);
  if (resource !== undefined) return resource.physicalId;
  throw new UserError(
    'invalid',
    `The scenarios need ${logicalId}, which template.yaml does not have`,
  );
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

function eventsOn({ bus }: Runtime, eventBusName: string): readonly EventResult[] {
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
