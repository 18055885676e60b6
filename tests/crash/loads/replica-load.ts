import {
  CreateTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Clients } from '../clients.ts';
import type { CrashStage } from '../crash-stage.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { createRegister } from '../register.ts';

const HOME = 'us-east-1';
const PEER = 'us-west-2';

/** Writes items of a global table in two Regions: both come to hold the last write of each. */
export function replicaLoad({ stage, random, run }: LoadOptions): Load {
  const TableName = `${run}-replicated`;
  const items = createRegister('replicated item');

  async function put(region: string, id: string, value: string): Promise<void> {
    const response = await stage.attempt((clients) =>
      tablesIn(clients, region).send(new PutCommand({ TableName, Item: { id, value } })),
    );
    items.note(id, value, response !== undefined);
  }

  return {
    name: 'replicas',
    prepare: () => createTables(stage, TableName),
    steps: numbers(random.integer(4, 16)).map((index) => {
      const [region, id] = [random.pick([HOME, PEER]), `item-${random.integer(1, 4)}`];
      return () => put(region, id, `value-${index}`);
    }),
    async wrongs() {
      const [home, peer] = await Promise.all([
        readItems(stage, HOME, TableName),
        readItems(stage, PEER, TableName),
      ]);
      return items
        .keys()
        .flatMap((id) => [
          ...items.wrongs(id, home.get(id)),
          ...(home.get(id) === peer.get(id)
            ? []
            : [`The ${id} is ${home.get(id)} in ${HOME}, and ${peer.get(id)} in ${PEER}`]),
        ]);
    },
  };
}

function tablesIn({ client }: Clients, region: string): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...client, region }));
}

async function createTables(stage: CrashStage, TableName: string): Promise<void> {
  const table = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  });
  const ReplicaUpdates = [{ Create: { RegionName: PEER } }];
  await stage.insist(async ({ client }) => {
    const home = new DynamoDBClient({ ...client, region: HOME });
    await home.send(table);
    await waitUntilTableExists({ client: home, maxWaitTime: 60 }, { TableName });
    await home.send(new UpdateTableCommand({ TableName, ReplicaUpdates }));
  });
}

function readItems(
  stage: CrashStage,
  region: string,
  TableName: string,
): Promise<ReadonlyMap<string, string>> {
  return stage.insist(async (clients) => {
    const all = new Map<string, string>();
    const client = tablesIn(clients, region);
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const { id, value } of Items) all.set(String(id), String(value));
    }
    return all;
  });
}
