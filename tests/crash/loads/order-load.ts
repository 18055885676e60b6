import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type DescribeExecutionOutput, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { postDecision } from '../../../rehearsal/approvals/post-decision.ts';
import type { Random } from '../../failovers/random.ts';
import { orderDetail } from '../../orders/order-detail.ts';
import type { CrashStage } from '../crash-stage.ts';
import { type ExecutionBooks, openExecutionBooks, readHistory } from '../executions.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { type Book, orderWrongs, type PlacedOrder } from '../order-invariants.ts';

const PIECES = 12;

/** The threshold of euros in the template's ApprovalThresholds. */
const APPROVED_ABOVE = 100_000;

/** Places orders, some of which a person approves or a carrier takes; money and stock add up. */
export function orderLoad({ stage, random, run }: LoadOptions): Load {
  const placed: PlacedOrder[] = [];
  const skus = [`sku-${run}-a`, `sku-${run}-b`];
  const books: ExecutionBooks[] = [];

  async function place(order: PlacedOrder): Promise<void> {
    placed.push(order);
    const event = {
      Source: 'signalbox.orders',
      DetailType: 'OrderPlaced',
      Detail: JSON.stringify(detailOf(order)),
    };
    const response = await stage.attempt(({ events, physicalId }) => {
      const Entries = [{ ...event, EventBusName: physicalId('OrdersBus') }];
      return events.send(new PutEventsCommand({ Entries }));
    });
    order.isAccepted = response !== undefined;
  }

  return {
    name: 'orders',
    async prepare() {
      for (const sku of skus) {
        const Item = { sku, available: PIECES };
        await stage.insist(({ tables, physicalId }) =>
          tables.send(new PutCommand({ TableName: physicalId('InventoryTable'), Item })),
        );
      }
      for (const id of ['OrderProcessingStateMachine', 'OrderReconciliationStateMachine']) {
        books.push(await openExecutionBooks(stage, ({ physicalId }) => physicalId(id)));
      }
    },
    steps: numbers(random.integer(2, 7)).map((index) => {
      const order = orderOf(random, `ord-${run}-${index}`, skus);
      return () => place(order);
    }),
    async attend() {
      for (const ofMachine of books.slice(0, 1)) {
        const running = (await ofMachine.look()).filter(({ status }) => status === 'RUNNING');
        for (const execution of running) await attendTo(stage, placed, execution);
      }
    },
    async wrongs() {
      const ofExecutions = await Promise.all(books.map((ofMachine) => ofMachine.wrongs()));
      return [
        ...ofExecutions.flat(),
        ...orderWrongs(placed, await readBook(stage, placed, skus), PIECES),
      ];
    },
  };
}

function orderOf(random: Random, orderId: string, skus: readonly string[]): PlacedOrder {
  const quantity = random.integer(1, 5);
  const unitPrice = random.chance(0.15) ? 150_000 : 1_999;
  return {
    orderId,
    sku: random.pick(skus),
    quantity,
    unitPrice,
    total: quantity * unitPrice,
    cardToken: random.weighted([
      [60, 'tok_approve'],
      [15, 'tok_decline'],
      [10, 'tok_error_once'],
      [8, 'tok_timeout_after'],
      [7, 'tok_timeout_before'],
    ]),
    method: random.chance(0.25) ? 'freight' : 'standard',
    isAccepted: false,
  };
}

async function readBook(
  stage: CrashStage,
  placed: readonly PlacedOrder[],
  skus: readonly string[],
): Promise<Book> {
  const item = (table: string, Key: Readonly<Record<string, string>>) =>
    stage.insist(async ({ tables, physicalId }) => {
      const found = await tables.send(new GetCommand({ TableName: physicalId(table), Key }));
      return found.Item;
    });
  const orders = await Promise.all(placed.map(({ orderId }) => item('OrdersTable', { orderId })));
  const stock = await Promise.all(skus.map((sku) => item('InventoryTable', { sku })));
  const payments = await stage.insist(async ({ url }) => {
    const response = await fetch(`${url}/_signalbox/resources/payments`);
    return response.text();
  });
  return {
    orders: orders.flatMap((one) => one ?? []),
    stock: new Map(stock.map((one) => [String(one?.['sku']), Number(one?.['available'])])),
    payments,
  };
}

/** Approves what waits for a person, and says the carrier's word for what waits for that. */
async function attendTo(
  stage: CrashStage,
  placed: readonly PlacedOrder[],
  { executionArn = '', input = '' }: DescribeExecutionOutput,
): Promise<void> {
  const order = placed.find(({ orderId }) => input.includes(`"${orderId}"`));
  if (order === undefined) return;
  const taskToken = carrierToken(await readHistory(stage, executionArn));
  if (taskToken !== undefined) {
    const output = JSON.stringify({ trackingId: `T-${order.orderId}` });
    await stage.insist(({ states }) =>
      states.send(new SendTaskSuccessCommand({ taskToken, output })).catch(ignoreLate),
    );
  }
  if (order.total <= APPROVED_ABOVE) return;
  await stage.insist((clients) => {
    const api = `${clients.url}/_aws/execute-api/${clients.physicalId('OrdersApi')}`;
    const url = `${api}/orders/${order.orderId}/approval`;
    return postDecision(clients, url, { decision: 'approve', comment: 'The test approves' });
  });
}

function detailOf({ orderId, sku, quantity, unitPrice, cardToken, method }: PlacedOrder) {
  const lines = [{ sku, quantity, unitPrice }];
  return orderDetail({ orderId, lines, cardToken, country: 'DE', method });
}

/** The token that the shipment waits with; it may have been used already. */
function carrierToken(events: Awaited<ReturnType<typeof readHistory>>): string | undefined {
  const tokens = events.map(({ taskScheduledEventDetails: details }) => {
    if (details?.resource !== 'sendMessage.waitForTaskToken') return undefined;
    return /"taskToken":"([^"]+)"/.exec(details.parameters ?? '')?.[1];
  });
  const isFreight = events.some(({ executionStartedEventDetails: details }) =>
    details?.input?.includes('"freight"'),
  );
  return isFreight ? tokens.findLast((token) => token !== undefined) : undefined;
}

function ignoreLate(error: unknown): void {
  if (error instanceof Error && /^Task(TimedOut|DoesNotExist)$/.test(error.name)) return;
  throw error;
}
