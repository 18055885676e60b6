import type { PlannedOrder } from './order-plan.ts';

/** What an order is about. */
export type OrderContent = Pick<
  PlannedOrder,
  'orderId' | 'lines' | 'cardToken' | 'country' | 'method'
>;

/** The detail of an order's OrderPlaced event. */
export function orderDetail({ orderId, lines, cardToken, country, method }: OrderContent) {
  return {
    version: 1,
    orderId,
    userId: 'usr-ada',
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
  };
}
