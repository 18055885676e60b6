import type { Runtime } from '../../runtime/runtime.ts';
import { UserError } from '../../user-error.ts';
import type { PlayedEvent } from './played.ts';
import type { Stage } from './stage.ts';

/** Makes the samples' stage of a running rehearsal. */
export function stageOf(runtime: Runtime): Stage {
  const { url, skippingClock } = runtime;
  const api = runtime.app().httpApis.find(({ logicalId }) => logicalId === 'OrdersApi');
  return {
    client: {
      endpoint: url,
      region: runtime.app().region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' },
    },
    apiUrl: `${url}/_aws/execute-api/${api?.id}`,
    physicalId: (logicalId) => physicalIdOf(runtime, logicalId),
    eventOf: (eventId) => eventOf(runtime, eventId),
    paymentOf: (orderId) =>
      // The order's key, under which a charge that never came may have been voided.
      runtime.payments.ledger().payments.find(({ key }) => key === `${orderId}-charge`)?.status ??
      'none',
    settled: runtime.settled,
    ...(skippingClock && {
      nobodyAnswers() {
        const deadlineMs = skippingClock.nextAwaited();
        if (deadlineMs !== undefined) skippingClock.skipTo(deadlineMs);
      },
    }),
  };
}

function physicalIdOf(runtime: Runtime, logicalId: string): string {
  const resource = runtime.app().resources.find((one) => one.logicalId === logicalId);
  if (resource !== undefined) return resource.physicalId;
  throw new UserError(
    'invalid',
    `The samples need ${logicalId}, which template.yaml does not have`,
  );
}

function eventOf({ bus }: Runtime, eventId: string): PlayedEvent {
  const record = bus.log.find(eventId);
  if (record === undefined) {
    return { eventId, source: '', detailType: '', rules: [], remarks: ['The bus has no record'] };
  }
  const { event, matchedRules, deliveries, unmatched } = record;
  const failures = deliveries.flatMap(({ result, ruleName }) =>
    result.kind === 'dead-lettered' || result.kind === 'dropped'
      ? [`${result.kind} for ${ruleName}: ${result.errorCode}: ${result.errorMessage}`]
      : [],
  );
  return {
    eventId,
    source: event.source,
    detailType: event['detail-type'],
    rules: matchedRules.map(({ name }) => name),
    remarks: [...(unmatched === undefined ? [] : [unmatched.reason]), ...failures],
  };
}
