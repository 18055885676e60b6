/** An order as it was placed. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly total: number;
  readonly cardToken: string;
  readonly method: 'standard' | 'freight';
  isAccepted: boolean;
}

/** The books of orders: what the tables and the payment provider say. */
export interface Book {
  readonly orders: readonly Order[];
  /** Pieces that are available, by SKU. */
  readonly stock: ReadonlyMap<string, number>;
  /** The provider's books as JSON text. */
  readonly payments: string;
}

/** Says where orders, stock and money do not add up, once all executions have ended. */
export function orderWrongs(
  placed: readonly PlacedOrder[],
  { orders, stock, payments }: Book,
  pieces: number,
): readonly string[] {
  const found = (orderId: string) => orders.find((one) => one['orderId'] === orderId);
  const sold = (sku: string): number =>
    placed
      .filter((one) => one.sku === sku && found(one.orderId)?.['status'] === 'CONFIRMED')
      .reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    ...placed.flatMap((order) => wrongsOf(order, found(order.orderId), payments)),
    ...[...stock].flatMap(([sku, available]) => {
      const wanted = pieces - sold(sku);
      return available === wanted ? [] : [`${available} pieces of ${sku} in place of ${wanted}`];
    }),
  ];
}

type Order = Readonly<Record<string, unknown>>;

function wrongsOf(
  { orderId, isAccepted }: PlacedOrder,
  order: Order | undefined,
  payments: string,
): readonly string[] {
  if (order === undefined) return isAccepted ? [`${orderId} was accepted, and is gone`] : [];
  const status = String(order['status']);
  const payment = new RegExp(`"${orderId}-charge":"(\\w+)"`).exec(payments)?.[1] ?? 'none';
  const isPaid = payment === 'charged';
  const { compensationFailures: failures } = order;
  return [
    ...(status === 'CONFIRMED' || status === 'FAILED' ? [] : [`${orderId} is left ${status}`]),
    ...(isPaid === (status === 'CONFIRMED') ? [] : [`${orderId} is ${status}, and ${payment}`]),
    ...(Array.isArray(failures) ? failures : []).map(
      (failure) => `${orderId} was not undone: ${JSON.stringify(failure)}`,
    ),
  ];
}
