import {
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  RDSDataClient,
  RollbackTransactionCommand,
  type SqlParameter,
} from '@aws-sdk/client-rds-data';
import { array, type GenericSchema, type InferOutput, parse } from 'valibot';
import { requiredVariable } from '../shared/environment.ts';

const client = new RDSDataClient({});
const database = {
  resourceArn: requiredVariable('DATABASE_CLUSTER_ARN'),
  secretArn: requiredVariable('DATABASE_SECRET_ARN'),
  database: requiredVariable('DATABASE_NAME'),
};

/** Runs a statement, and reads the rows that it returns against a schema. */
export async function query<Schema extends GenericSchema>(
  schema: Schema,
  sql: string,
  parameters: readonly SqlParameter[] = [],
): Promise<readonly InferOutput<Schema>[]> {
  const { formattedRecords = '[]' } = await client.send(
    new ExecuteStatementCommand({
      ...database,
      sql,
      parameters: [...parameters],
      formatRecordsAs: 'JSON',
    }),
  );
  const rows: unknown = JSON.parse(formattedRecords);
  return parse(array(schema), rows);
}

/** Runs a statement that returns nothing; in a transaction where one is given. */
export async function execute(
  sql: string,
  parameters: readonly SqlParameter[] = [],
  transactionId?: string,
): Promise<void> {
  const command = { ...database, sql, parameters: [...parameters], transactionId };
  await client.send(new ExecuteStatementCommand(command));
}

/** Runs statements in one transaction: all of them, or none. */
export async function inTransaction(work: (transactionId: string) => Promise<void>): Promise<void> {
  const { transactionId = '' } = await client.send(new BeginTransactionCommand(database));
  const { resourceArn, secretArn } = database;
  const ended = { resourceArn, secretArn, transactionId };
  try {
    await work(transactionId);
    await client.send(new CommitTransactionCommand(ended));
  } catch (error) {
    // Where this fails too, the database rolls back by itself after three minutes.
    await client.send(new RollbackTransactionCommand(ended)).catch(() => undefined);
    throw error;
  }
}
