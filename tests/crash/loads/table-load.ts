import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  PutCommand,
  paginateScan,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { CrashStage } from '../crash-stage.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { createRegister } from '../register.ts';

/** Writes items, counts up, and writes many at once: a transaction is there whole or not at all. */
export function tableLoad({ stage, random, run }: LoadOptions): Load {
  const TableName = `${run}-items`;
  const items = createRegister('item');
  const transactions: Transaction[] = [];
  let surelyCounted = 0;
  let perhapsCounted = 0;

  async function put(id: string, value: string): Promise<void> {
    const response = await stage.attempt(({ tables }) =>
      tables.send(new PutCommand({ TableName, Item: { id, value } })),
    );
    items.note(id, value, response !== undefined);
  }

  async function count(): Promise<void> {
    const change = {
      TableName,
      Key: { id: 'counter' },
      UpdateExpression: 'ADD additions :one',
      ExpressionAttributeValues: { ':one': 1 },
    };
    const response = await stage.attempt(({ tables }) => tables.send(new UpdateCommand(change)));
    if (response === undefined) perhapsCounted += 1;
    else surelyCounted += 1;
  }

  async function transact(id: string, size: number): Promise<void> {
    const transaction = { id, size, isAccepted: false };
    transactions.push(transaction);
    const TransactItems = numbers(size).map((index) => ({
      Put: { TableName, Item: { id: `${id}/${index}`, transaction: id } },
    }));
    const response = await stage.attempt(({ tables }) =>
      tables.send(new TransactWriteCommand({ TransactItems, ClientRequestToken: id })),
    );
    transaction.isAccepted = response !== undefined;
  }

  return {
    name: 'tables',
    prepare: () => createTable(stage, TableName),
    steps: numbers(random.integer(6, 20)).map((index) => {
      const step = random.pick(['put', 'count', 'transact']);
      const [id, size] = [`item-${random.integer(1, 4)}`, random.integer(2, 60)];
      if (step === 'put') return () => put(id, `value-${index}`);
      return step === 'count' ? count : () => transact(`${run}-transaction-${index}`, size);
    }),
    async wrongs() {
      const found = await readItems(stage, TableName);
      const fieldOf = (id: string, field: string): unknown =>
        found.find((item) => item['id'] === id)?.[field];
      const total = Number(fieldOf('counter', 'additions') ?? 0);
      const most = surelyCounted + perhapsCounted;
      const isCounted = total >= surelyCounted && total <= most;
      return [
        ...items.keys().flatMap((id) => items.wrongs(id, textOf(fieldOf(id, 'value')))),
        ...(isCounted ? [] : [`The counter is ${total} after ${surelyCounted} to ${most}`]),
        ...transactions.flatMap((one) => transactionWrongs(one, found)),
      ];
    },
  };
}

type Item = Readonly<Record<string, unknown>>;

interface Transaction {
  readonly id: string;
  readonly size: number;
  isAccepted: boolean;
}

async function createTable(stage: CrashStage, TableName: string): Promise<void> {
  const table = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  });
  await stage.insist(({ tables }) => tables.send(table));
}

function readItems(stage: CrashStage, TableName: string): Promise<readonly Item[]> {
  return stage.insist(async ({ tables }) => {
    const all: Item[] = [];
    for await (const { Items = [] } of paginateScan({ client: tables }, { TableName })) {
      all.push(...Items);
    }
    return all;
  });
}

/** A transaction is there whole or not at all. */
function transactionWrongs(
  { id, size, isAccepted }: Transaction,
  found: readonly Item[],
): readonly string[] {
  const written = found.filter((item) => item['transaction'] === id).length;
  if (written === size || (written === 0 && !isAccepted)) return [];
  const what = isAccepted ? 'accepted' : 'half applied';
  return [`The transaction ${id} was ${what}, and ${written} of ${size} items are there`];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
