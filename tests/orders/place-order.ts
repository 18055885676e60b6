import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { PlannedOrder } from './order-plan.ts';
import type { OrderStage } from './order-stage.ts';

/** Puts an order's event on the bus, as the shop's API does. */
export async function placeOrder(
  { events, stage }: OrderStage,
  order: PlannedOrder,
  note?: string,
): Promise<void> {
  const { orderId, lines, cardToken, country, method } = order;
  const detail = {
    version: 1,
    orderId,
    userId: 'usr-random',
    placedAt: '2026-11-22T09:30:00Z',
    currency: 'EUR',
    lines,
    total: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
    payment: { cardToken },
    shipping: {
      method,
      address: {
        name: 'Ada Byron',
        street: 'Analytical Row 1',
        city: 'Berlin',
        postalCode: '10115',
        country,
      },
    },
    ...(note !== undefined && { note }),
  };
  const entry = {
    EventBusName: stage.physicalId('OrdersBus'),
    Source: 'signalbox.orders',
    DetailType: 'OrderPlaced',
    Detail: JSON.stringify(detail),
  };
  const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount !== 0) throw new RangeError(`${orderId} was not accepted`);
}
