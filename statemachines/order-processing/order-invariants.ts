import { isJsonObject, type Json } from '../../packages/signalbox/src/core/json.ts';
import { type FakeOrderBackend, INITIAL_STOCK, QUANTITY } from './fake-order-backend.ts';

/**
 * The faults of a backend in which nothing more will happen: each order is confirmed with all that
 * belongs to it, or failed with nothing left of it.
 */
export function wrongsAtRest(backend: FakeOrderBackend): readonly string[] {
  return [...wrongsAlways(backend), ...wrongsOf(backend, () => false)];
}

/** As `wrongsAtRest`, but excuses what is parked or recorded for somebody to put right. */
export function wrongsUnparked(backend: FakeOrderBackend): readonly string[] {
  const steps = [
    ...backend.parked.map((body) => body['compensationFailures'] ?? []),
    backend.order?.compensationFailures ?? [],
  ].flatMap(stepsOf);
  // An order that may be confirmed is left as it is, and parked whole.
  const isUndecided = steps.includes('BeginCompensation') || steps.includes('LookUpOrder');
  return [
    ...wrongsAlways(backend),
    ...wrongsOf(backend, (step) => isUndecided || steps.includes(step)),
  ];
}

function stepsOf(failures: Json): readonly Json[] {
  return Array.isArray(failures)
    ? failures.flatMap((failure: Json) => (isJsonObject(failure) ? [failure['step'] ?? ''] : []))
    : [];
}

function wrongsAlways(backend: FakeOrderBackend): readonly string[] {
  const reserved = backend.reservation === 'RESERVED' ? QUANTITY : 0;
  return [
    backend.charges > 1 && 'charged twice',
    backend.available + reserved !== INITIAL_STOCK && 'stock is not conserved',
    JSON.stringify([backend.announced, backend.parked]).includes('token-') && 'a token got out',
  ].filter((wrong) => wrong !== false);
}

function wrongsOf(
  backend: FakeOrderBackend,
  isExcused: (step: string) => boolean,
): readonly string[] {
  const { order, payment, reservation, shipment } = backend;
  const saidConfirmed = backend.announced.some(({ DetailType }) => DetailType === 'OrderConfirmed');
  const parkedConfirmed = backend.parked.some(({ kind }) => kind === 'UnannouncedConfirmation');
  if (order?.status === 'CONFIRMED') {
    return [
      payment !== 'charged' && `confirmed, but the payment is ${payment}`,
      reservation !== 'RESERVED' && `confirmed, but the stock is ${reservation}`,
      shipment !== 'BOOKED' && `confirmed, but the shipment is ${shipment}`,
      !saidConfirmed && !parkedConfirmed && !isExcused('') && 'confirmed, but nobody was told',
    ].filter((wrong) => wrong !== false);
  }
  const isOpen = order !== undefined && order.status !== 'FAILED';
  return [
    payment === 'charged' && !isExcused('RefundPayment') && 'failed, but the money is kept',
    reservation === 'RESERVED' && !isExcused('ReleaseStock') && 'failed, but the stock is held',
    shipment === 'BOOKED' && !isExcused('CancelShipment') && 'failed, but it is shipped',
    isOpen && !isExcused('FailOrder') && `the order is left ${order.status}`,
    saidConfirmed && 'failed, but announced as confirmed',
  ].filter((wrong) => wrong !== false);
}
