import type { ListExecutionsCommandOutput } from '@aws-sdk/client-sfn';
import { isJsonObject, type Json } from '../../packages/signalbox/src/core/json.ts';
import { valueAt } from '../../packages/signalbox/src/index.ts';
import type { OrderPlan } from './order-plan.ts';
import type { OrderStage } from './order-stage.ts';
import { itemOf } from './tables.ts';

type Item = Readonly<Record<string, unknown>> | undefined;

/** What was seen of one order when all was over. */
export interface SeenOrder {
  readonly orderId: string;
  readonly order: Item;
  readonly reservation: Item;
  readonly shipment: Item;
  readonly approval: Item;
  readonly payment: 'charged' | 'refunded' | 'voided' | 'none';
  /** The detail types of what was announced of it, OrderPlaced apart. */
  readonly announced: readonly string[];
}

/** What was seen when all was over. */
export interface OrderObservation {
  readonly orders: readonly SeenOrder[];
  /** Pieces that are available, by SKU. */
  readonly available: Readonly<Record<string, number>>;
  /** Of orders and of reconciliations. */
  readonly running: readonly string[];
  /** The texts of all announcements. */
  readonly announcements: readonly string[];
  readonly bugs: readonly string[];
}

/** Reads everything that the invariants are about. */
export async function observe(
  stage: OrderStage,
  plan: OrderPlan,
  said: readonly string[],
): Promise<OrderObservation> {
  const { runtime } = stage;
  const announcements = runtime.bus.log
    .events()
    .map(({ event }) => event)
    .filter(
      (event) => event.source === 'signalbox.orders' && event['detail-type'] !== 'OrderPlaced',
    );
  const ofOrder = (orderId: string): readonly string[] =>
    announcements
      .filter(({ detail }) => isJsonObject(detail) && detail['orderId'] === orderId)
      .map((event) => event['detail-type']);
  const orders: SeenOrder[] = [];
  for (const { orderId } of plan.orders) {
    orders.push({
      orderId,
      order: await itemOf(stage, 'OrdersTable', { orderId }),
      reservation: await itemOf(stage, 'ReservationsTable', { orderId }),
      shipment: await itemOf(stage, 'ShipmentsTable', { orderId }),
      approval: await itemOf(stage, 'ApprovalsTable', { orderId }),
      payment: paymentOf(stage, orderId),
      announced: ofOrder(orderId),
    });
  }
  return {
    orders,
    available: await stockOf(stage, Object.keys(plan.stock)),
    running: await runningExecutions(stage),
    announcements: announcements.map((event) => JSON.stringify(event)),
    bugs: said.filter((line) => line.startsWith('A bug')),
  };
}

/** The executions that have not ended, of orders and of reconciliations. */
export async function runningExecutions({
  stage,
  machineArns,
}: OrderStage): Promise<readonly string[]> {
  const found: string[] = [];
  for (const stateMachineArn of machineArns) {
    const { executions = [] }: Partial<ListExecutionsCommandOutput> = await stage.call(
      'states',
      'ListExecutions',
      { stateMachineArn, statusFilter: 'RUNNING' },
    );
    found.push(...executions.flatMap(({ executionArn }) => executionArn ?? []));
  }
  return found;
}

async function stockOf(
  stage: OrderStage,
  skus: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const stock: Record<string, number> = {};
  for (const sku of skus) {
    stock[sku] = Number((await itemOf(stage, 'InventoryTable', { sku }))?.['available']);
  }
  return stock;
}

function paymentOf({ stage }: OrderStage, orderId: string): SeenOrder['payment'] {
  const shown = stage.simulatedResources.show('payments') ?? {};
  const status: Json | undefined = valueAt(shown, `payments.payments.${orderId}-charge`);
  return status === 'charged' || status === 'refunded' || status === 'voided' ? status : 'none';
}
