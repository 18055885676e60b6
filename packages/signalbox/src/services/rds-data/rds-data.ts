import { randomUUID } from 'node:crypto';
import type {
  BatchExecuteStatementRequest,
  BeginTransactionRequest,
  CommitTransactionRequest,
  ExecuteStatementRequest,
  RollbackTransactionRequest,
} from '@aws-sdk/client-rds-data';
import type { Clock } from '../../core/clock.ts';
import { actions, type Service } from '../../core/service.ts';
import type { Answer, Connection } from './connection.ts';
import {
  badRequest,
  databaseNotFound,
  databaseUnavailable,
  httpEndpointNotEnabled,
} from './data-api-errors.ts';
import { fieldOf, jsonOf, metadataOf } from './result-types.ts';
import { Session } from './session.ts';
import { bindParameters } from './sql-parameters.ts';

/** AWS: more than this is no answer. */
const MAX_RESULT_BYTES = 1024 * 1024;
const MAX_JSON_BYTES = 10 * 1024 * 1024;

/** A cluster as the Data API sees it. */
export interface DataApiCluster {
  readonly arn: string;
  /** The database that was made with it; PostgreSQL's own is there too. */
  readonly databaseName: string | undefined;
  readonly hasHttpEndpoint: boolean;
}

export interface RdsDataOptions {
  readonly clock: Clock;
  /** Finds a cluster by its ARN, as the template has it now. */
  readonly clusterOf: (arn: string) => DataApiCluster | undefined;
  /** Whether the cluster's writer takes statements now. */
  readonly isWriting: (arn: string) => boolean;
  /** Whether there is a secret of that ARN or name. */
  readonly hasSecret: (secretArn: string) => boolean;
  /** Opens the database of a cluster. */
  readonly open: (cluster: DataApiCluster) => Promise<Connection>;
  readonly uuid?: () => string;
}

export interface RdsData {
  readonly service: Service;
  close(): Promise<void>;
}

type Asked = Pick<ExecuteStatementRequest, 'resourceArn' | 'secretArn'> & {
  readonly database?: string | undefined;
  readonly schema?: string | undefined;
};

/** Makes the RDS Data API over PostgreSQL: one database a cluster, opened at its first statement. */
export function createRdsData(options: RdsDataOptions): RdsData {
  const { clock, open, uuid = randomUUID } = options;
  const sessions = new Map<string, Session>();

  function sessionOf(asked: Asked): Session {
    const arn = asked.resourceArn ?? '';
    const cluster = options.clusterOf(arn);
    if (cluster === undefined || !cluster.hasHttpEndpoint) throw httpEndpointNotEnabled(arn);
    checkAsked(asked, cluster, options);
    if (!options.isWriting(arn)) throw databaseUnavailable();
    const known = sessions.get(arn) ?? new Session(() => open(cluster), clock, uuid);
    sessions.set(arn, known);
    return known;
  }

  return {
    service: {
      name: 'rds-data',
      client: '@aws-sdk/client-rds-data',
      actions: actions({
        BatchExecuteStatement: async (input: BatchExecuteStatementRequest) => {
          const session = sessionOf(input);
          const sets = input.parameterSets ?? [[]];
          const statements = sets.map((set) => bindParameters(input.sql ?? '', set));
          await session.run(statements, input.transactionId);
          // AWS: "generatedFields isn't supported by Aurora PostgreSQL".
          return { updateResults: sets.map(() => ({ generatedFields: [] })) };
        },
        BeginTransaction: async (input: BeginTransactionRequest) => ({
          transactionId: await sessionOf(input).begin(),
        }),
        CommitTransaction: async (input: CommitTransactionRequest) => {
          await sessionOf(input).end(input.transactionId ?? '', 'COMMIT');
          return { transactionStatus: 'Transaction Committed' };
        },
        ExecuteStatement: async (input: ExecuteStatementRequest) => {
          const session = sessionOf(input);
          const statement = bindParameters(input.sql ?? '', input.parameters);
          const [answer] = await session.run([statement], input.transactionId);
          return answer === undefined ? {} : outputOf(answer, input);
        },
        RollbackTransaction: async (input: RollbackTransactionRequest) => {
          await sessionOf(input).end(input.transactionId ?? '', 'ROLLBACK');
          return { transactionStatus: 'Rollback Complete' };
        },
      }),
    },
    async close() {
      await Promise.all([...sessions.values()].map((session) => session.close()));
    },
  };
}

function checkAsked(
  { secretArn = '', database, schema }: Asked,
  { databaseName }: DataApiCluster,
  { hasSecret }: RdsDataOptions,
): void {
  if (schema !== undefined) {
    // AWS: "Currently, the schema parameter isn't supported."
    throw badRequest('The schema parameter is not supported');
  }
  if (!hasSecret(secretArn)) {
    throw badRequest(
      `Error fetching secret ${secretArn} : Secrets Manager can't find the specified secret.`,
    );
  }
  if (database !== undefined && database !== databaseName && database !== 'postgres') {
    throw databaseNotFound(database);
  }
}

function outputOf(answer: Answer, input: ExecuteStatementRequest): object {
  const { columns, rows, affected } = answer;
  const options = input.resultSetOptions ?? {};
  const isQuery = columns.length > 0;
  const updated = { numberOfRecordsUpdated: isQuery && rows.length > 0 ? 0 : affected };
  if (!isQuery) return { ...updated, generatedFields: [] };
  if (input.formatRecordsAs === 'JSON') {
    const records = rows.map((row) =>
      Object.fromEntries(columns.map((one, at) => [one.name, jsonOf(row[at], one, options)])),
    );
    const formattedRecords = JSON.stringify(records);
    checkSize(formattedRecords, MAX_JSON_BYTES);
    return { ...updated, formattedRecords };
  }
  const records = rows.map((row) => columns.map((one, at) => fieldOf(row[at], one, options)));
  checkSize(JSON.stringify(records), MAX_RESULT_BYTES);
  const metadata = input.includeResultMetadata === true && {
    columnMetadata: columns.map(metadataOf),
  };
  return { ...updated, records, ...metadata };
}

function checkSize(text: string, most: number): void {
  if (Buffer.byteLength(text) > most) {
    throw badRequest('Database returned more than the allowed response size limit');
  }
}
