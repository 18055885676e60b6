import type { OrderObservation, SeenOrder } from './order-observation.ts';
import type { OrderPlan, PlannedOrder } from './order-plan.ts';

/**
 * Says where stock, money and announcements contradict what has become of the orders, once all is
 * over. Every order has exactly one meaning, and all that is left of it agrees with that.
 */
export function checkOrders(plan: OrderPlan, seen: OrderObservation): readonly string[] {
  return [
    ...plan.orders.flatMap((planned) => wrongsOfOrder(planned, seen)),
    ...Object.entries(plan.stock).flatMap(([sku, pieces]) => wrongStock(plan, seen, sku, pieces)),
    ...seen.running.map((arn) => `still runs: ${arn}`),
    ...seen.announcements
      .filter((text) => /tok_|askToken/.test(text))
      .map((text) => `leaks: ${text}`),
    ...seen.bugs,
  ];
}

function wrongsOfOrder(planned: PlannedOrder, { orders }: OrderObservation): readonly string[] {
  const { orderId } = planned;
  const seen = orders.find((one) => one.orderId === orderId);
  if (seen?.order === undefined) return [`${orderId} was accepted, and there is no row of it`];
  const status = String(seen.order['status']);
  const wrongs =
    status === 'CONFIRMED'
      ? wrongsOfConfirmed(seen)
      : status === 'FAILED'
        ? wrongsOfFailed(seen, planned)
        : [`is left ${status}`];
  return wrongs.map((wrong) => `${orderId} ${wrong}`);
}

function wrongsOfConfirmed({
  approval,
  payment,
  reservation,
  announced,
  order,
}: SeenOrder): readonly string[] {
  return [
    payment !== 'charged' && `is CONFIRMED, and its payment is ${payment}`,
    approval !== undefined &&
      approval['state'] !== 'APPROVED' &&
      `is CONFIRMED, and its approval is ${approval['state']}`,
    reservation?.['status'] !== 'RESERVED' && 'is CONFIRMED, and holds no stock',
    !announced.includes('OrderConfirmed') && 'is CONFIRMED, and nobody heard of it',
    announced.includes('OrderFailed') && 'is CONFIRMED, and announced as failed',
    order?.['open'] !== undefined && 'is CONFIRMED, and still open',
  ].filter((wrong) => wrong !== false);
}

function wrongsOfFailed(seen: SeenOrder, { cardToken }: PlannedOrder): readonly string[] {
  const { payment, reservation, shipment, announced, order } = seen;
  // The provider refuses every refund of this card: the order stays open, for a person.
  const isHopeless = cardToken === 'tok_refund_fails' && payment === 'charged';
  const failures = order?.['compensationFailures'];
  const isRecorded = Array.isArray(failures) && failures.length > 0;
  return [
    payment === 'charged' && !isHopeless && 'is FAILED, and the money is kept',
    isHopeless && !isRecorded && 'is FAILED, and nothing says that the money is kept',
    reservation?.['status'] === 'RESERVED' && 'is FAILED, and the stock is held',
    shipment?.['status'] === 'BOOKED' && 'is FAILED, and it is shipped',
    shipment?.['taskToken'] !== undefined && 'is FAILED, and its carrier may still answer',
    !announced.includes('OrderFailed') && 'is FAILED, and nobody heard of it',
    announced.includes('OrderConfirmed') && 'is FAILED, and announced as confirmed',
    order?.['open'] !== undefined && !isHopeless && 'is FAILED, and still open',
  ].filter((wrong) => wrong !== false);
}

function wrongStock(
  plan: OrderPlan,
  { orders, available }: OrderObservation,
  sku: string,
  pieces: number,
): readonly string[] {
  const sold = plan.orders
    .filter(({ orderId }) => {
      const seen = orders.find((one) => one.orderId === orderId);
      return seen?.order?.['status'] === 'CONFIRMED';
    })
    .flatMap(({ lines }) => lines.filter((line) => line.sku === sku))
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const left = available[sku] ?? Number.NaN;
  return [
    left < 0 && `${sku} is oversold: ${left}`,
    left + sold !== pieces && `${sku}: ${left} are left of ${pieces}, and ${sold} are sold`,
  ].filter((wrong) => wrong !== false);
}
