import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A DynamoDB on loopback that checks expressions, for a stub would take any. It has no transactions. */
export interface TestDatabase {
  readonly url: string;
  readonly documents: DynamoDBDocumentClient;
  /** Makes each table anew, without items. */
  recreate(tables: readonly CreateTableCommandInput[]): Promise<void>;
  close(): Promise<void>;
}

const createServer: (options: { createTableMs: number; deleteTableMs: number }) => Server =
  createRequire(import.meta.url)('dynalite');

/** Starts a database on a free port. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = createServer({ createTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({
    region: 'eu-central-1',
    endpoint: url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    url,
    documents: DynamoDBDocumentClient.from(client, {
      marshallOptions: { removeUndefinedValues: true },
    }),
    async recreate(tables) {
      for (const table of tables) {
        const { TableName } = table;
        await client.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
        await client.send(new CreateTableCommand(table));
      }
    },
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Describes a table by its key's names: the partition key, and the sort key if there is one. */
export function tableWithKey(
  TableName: string,
  keyNames: readonly string[],
): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyNames.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keyNames.map((AttributeName, index) => ({
      AttributeName,
      KeyType: index === 0 ? 'HASH' : 'RANGE',
    })),
  };
}

/** Returns how a write ended: `written`, or the error's name. */
export function writeResult(sending: Promise<unknown>): Promise<string> {
  return sending.then(
    () => 'written',
    (error: Error) => error.name,
  );
}
