import type { PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import { orderDetail } from './order-detail.ts';
import type { PlannedOrder } from './order-plan.ts';
import type { OrderStage } from './order-stage.ts';

/** Puts an order's event on the bus, as the shop's API does. */
export async function placeOrder(
  { stage }: OrderStage,
  order: PlannedOrder,
  note?: string,
): Promise<void> {
  const detail = { ...orderDetail(order), ...(note !== undefined && { note }) };
  const entry = {
    EventBusName: stage.physicalId('OrdersBus'),
    Source: 'signalbox.orders',
    DetailType: 'OrderPlaced',
    Detail: JSON.stringify(detail),
  };
  const { FailedEntryCount }: Partial<PutEventsCommandOutput> = await stage.call(
    'events',
    'PutEvents',
    { Entries: [entry] },
  );
  if (FailedEntryCount !== 0) throw new RangeError(`${order.orderId} was not accepted`);
}
