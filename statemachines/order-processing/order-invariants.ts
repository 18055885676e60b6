import { type FakeOrderBackend, INITIAL_STOCK, QUANTITY } from './fake-order-backend.ts';

/**
 * The faults of a backend in which nothing more will happen: each order is confirmed with all that
 * belongs to it, or failed with nothing left of it.
 */
export function wrongsAtRest(backend: FakeOrderBackend): readonly string[] {
  return [...wrongsAlways(backend), ...wrongsOf(backend)];
}

/** As `wrongsAtRest`, but excuses what is left of an order that somebody still looks after. */
export function wrongsUnlessOpen(backend: FakeOrderBackend): readonly string[] {
  const isLookedAfter = backend.order?.isOpen === true || backend.parked.length > 0;
  return [...wrongsAlways(backend), ...(isLookedAfter ? [] : wrongsOf(backend))];
}

function wrongsAlways(backend: FakeOrderBackend): readonly string[] {
  const reserved = backend.reservation === 'RESERVED' ? QUANTITY : 0;
  return [
    backend.charges > 1 && 'charged twice',
    backend.available + reserved !== INITIAL_STOCK && 'stock is not conserved',
    JSON.stringify([backend.announced, backend.parked]).includes('token-') && 'a token got out',
  ].filter((wrong) => wrong !== false);
}

function wrongsOf(backend: FakeOrderBackend): readonly string[] {
  const { order, payment, reservation, shipment } = backend;
  const saidConfirmed = backend.announced.some(({ DetailType }) => DetailType === 'OrderConfirmed');
  const saidFailed = backend.announced.some(({ DetailType }) => DetailType === 'OrderFailed');
  if (order?.status === 'CONFIRMED') {
    return [
      payment !== 'charged' && `confirmed, but the payment is ${payment}`,
      reservation !== 'RESERVED' && `confirmed, but the stock is ${reservation}`,
      shipment !== 'BOOKED' && `confirmed, but the shipment is ${shipment}`,
      saidFailed && 'confirmed, but announced as failed',
      !saidConfirmed && 'confirmed, but nobody was told',
    ].filter((wrong) => wrong !== false);
  }
  const isUnfinished = order !== undefined && order.status !== 'FAILED';
  return [
    payment === 'charged' && 'failed, but the money is kept',
    reservation === 'RESERVED' && 'failed, but the stock is held',
    shipment === 'BOOKED' && 'failed, but it is shipped',
    isUnfinished && `the order is left ${order.status}`,
    order !== undefined && !saidFailed && 'failed, but nobody was told',
    saidConfirmed && 'failed, but announced as confirmed',
  ].filter((wrong) => wrong !== false);
}
