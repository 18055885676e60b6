import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import type { Connection } from './connection.ts';
import { openEmbeddedPostgres } from './embedded-postgres.ts';
import { openOwnPostgres } from './own-postgres.ts';
import { createRdsData, type RdsData } from './rds-data.ts';
import { bindParameters } from './sql-parameters.ts';
import { POSTGRES_FOLDER, startPostgres, type TestPostgres } from './test-postgres.ts';

const arn = 'arn:aws:rds:us-east-1:123456789012:cluster:web';
const clock = createTestClock();
let isWriting = true;
let api: RdsData;

async function openApi(open: () => Promise<Connection>): Promise<void> {
  api = createRdsData({
    clock,
    clusterOf: (asked) =>
      asked === arn ? { arn, databaseName: 'web', hasHttpEndpoint: true } : undefined,
    isWriting: () => isWriting,
    hasSecret: (secret) => secret === 'owner',
    open,
  });
  await execute(
    'CREATE TABLE orders (id text PRIMARY KEY, total numeric(12,2), placed timestamptz)',
  );
}

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  const call = api.service.actions[action];
  if (call === undefined) throw new TypeError(`No ${action}`);
  return { ...(await call({ resourceArn: arn, secretArn: 'owner', ...input }, { arn: 'me' })) };
}

const execute = (sql: string, more: object = {}): Promise<Record<string, unknown>> =>
  run('ExecuteStatement', { sql, ...more });

const insert = 'INSERT INTO orders VALUES (:id, :total, :placed)';
const order = (id: string) => [
  { name: 'id', value: { stringValue: id } },
  { name: 'total', value: { stringValue: '12.50' }, typeHint: 'DECIMAL' },
  { name: 'placed', value: { stringValue: '2026-01-05 10:00:00' }, typeHint: 'TIMESTAMP' },
];

describe('bindParameters()', () => {
  test('replaces names, each once, and leaves quotes, comments and casts', () => {
    const { sql, values } = bindParameters(
      'SELECT \':id\', ":id", $q$:id$q$ /* :id */, :id::text, x.y::int, :id -- :id\n, :n',
      [
        { name: 'id', value: { stringValue: 'a' } },
        { name: 'n', value: { longValue: 2 } },
      ],
    );

    expect(sql).toBe(
      'SELECT \':id\', ":id", $q$:id$q$ /* :id */, $1::text::text, x.y::int, $1::text -- :id\n, $2::bigint',
    );
    expect(values).toEqual(['a', 2]);
  });

  test('refuses a name without a value', () => {
    expect(() => bindParameters('SELECT :id')).toThrow('Cannot find parameter: id');
  });
});

describe('over embedded PostgreSQL', () => {
  beforeAll(() => openApi(() => openEmbeddedPostgres()));
  afterAll(() => api.close());

  describeApi();
});

// Where this machine has one.
const describeOwn = POSTGRES_FOLDER === undefined ? describe.skip : describe;

describeOwn('over a PostgreSQL of one’s own', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
    await openApi(() => openOwnPostgres(postgres.url, undefined));
  });
  afterAll(async () => {
    await api.close();
    await postgres.stop();
  });

  describeApi();

  test('connects anew when a connection was lost, without the transaction that was open', async () => {
    const { transactionId } = await run('BeginTransaction', {});
    const end = 'SELECT pg_terminate_backend(pg_backend_pid())';
    await expect(execute(end, { transactionId })).rejects.toMatchObject({
      name: 'DatabaseUnavailableException',
    });

    await expect(execute('SELECT 1', { transactionId })).rejects.toMatchObject({
      name: 'TransactionNotFoundException',
    });
    expect(await execute('SELECT 1::int')).toMatchObject({ records: [[{ longValue: 1 }]] });
  });

  test('says which PostgreSQL does not answer', async () => {
    await expect(
      openOwnPostgres('postgres://me:secret@127.0.0.1:1/web', undefined),
    ).rejects.toThrow(
      /^The PostgreSQL at 127.0.0.1:1\/web does not answer: .*ECONNREFUSED.*leave out --postgres$/,
    );
  });
});

/** What both must answer alike. */
function describeApi(): void {
  beforeEach(async () => {
    isWriting = true;
    await execute('TRUNCATE orders');
  });

  describe('ExecuteStatement', () => {
    test('writes and reads every kind of value', async () => {
      expect(await execute(insert, { parameters: order('o1') })).toEqual({
        numberOfRecordsUpdated: 1,
        generatedFields: [],
      });

      const sql = `SELECT id, total, placed, 7::int AS n, 1.5::float8 AS f, true AS b, NULL::text AS z,
      '\\x01'::bytea AS bytes, ARRAY[1,2] AS list, '{"a": 1}'::jsonb AS j FROM orders`;
      expect(await execute(sql)).toMatchObject({
        records: [
          [
            { stringValue: 'o1' },
            { stringValue: '12.50' },
            { stringValue: '2026-01-05 10:00:00' },
            { longValue: 7 },
            { doubleValue: 1.5 },
            { booleanValue: true },
            { isNull: true },
            { blobValue: Uint8Array.from([1]) },
            { arrayValue: { longValues: [1, 2] } },
            { stringValue: '{"a": 1}' },
          ],
        ],
      });
    });

    test('answers in JSON, with numbers as they are asked for', async () => {
      await execute(insert, { parameters: order('o1') });
      const sql = 'SELECT id, total, 5::bigint AS n FROM orders';

      const { formattedRecords } = await execute(sql, { formatRecordsAs: 'JSON' });
      expect(formattedRecords).toBe('[{"id":"o1","total":"12.50","n":5}]');
      const resultSetOptions = { decimalReturnType: 'DOUBLE_OR_LONG', longReturnType: 'STRING' };
      const { records } = await execute(sql, { resultSetOptions });
      expect(records).toEqual([
        [{ stringValue: 'o1' }, { doubleValue: 12.5 }, { stringValue: '5' }],
      ]);
    });

    test('describes the columns where it is asked', async () => {
      const { columnMetadata } = await execute('SELECT 1::int AS one', {
        includeResultMetadata: true,
      });
      expect(columnMetadata).toMatchObject([{ label: 'one', typeName: 'int4', type: 4 }]);
    });

    test.each([
      [
        'SELEC 1',
        'DatabaseErrorException',
        /^ERROR: syntax error .*; Position: 1; SQLState: 42601$/,
      ],
      ['SELECT * FROM nothing', 'DatabaseErrorException', /SQLState: 42P01$/],
      ["SELECT '(1,2)'::point", 'UnsupportedResultException', /unsupported data type/],
      ["SELECT repeat('x', 1048577)", 'BadRequestException', /allowed response size limit/],
      ['SELECT 1; SELECT 2', 'BadRequestException', /Multistatements/],
    ])('refuses %s', async (sql, name, message) => {
      await expect(execute(sql)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
    });

    test('holds a text to be a text where its hint says nothing', async () => {
      const parameters = order('o1').map(({ name, value }) => ({ name, value }));
      await expect(execute(insert, { parameters })).rejects.toMatchObject({
        message: expect.stringMatching(
          /column "total" is of type numeric but expression is of type text/,
        ),
      });
    });

    test.each([
      [{ resourceArn: 'arn:other' }, 'HttpEndpointNotEnabledException'],
      [{ secretArn: 'none' }, 'BadRequestException'],
      [{ database: 'shop' }, 'DatabaseNotFoundException'],
      [{ schema: 'public' }, 'BadRequestException'],
      [{ transactionId: 'gone' }, 'TransactionNotFoundException'],
    ])('refuses %j', async (more, name) => {
      await expect(execute('SELECT 1', more)).rejects.toMatchObject({ name });
    });

    test('is refused while the writer is down', async () => {
      isWriting = false;
      await expect(execute('SELECT 1')).rejects.toMatchObject({
        name: 'DatabaseUnavailableException',
      });
    });
  });

  describe('transactions', () => {
    const count = async (more: object = {}) =>
      (await execute('SELECT count(*) FROM orders', more))['records'];

    test('commit, or leave nothing', async () => {
      const { transactionId: first } = await run('BeginTransaction', {});
      await execute(insert, { parameters: order('o1'), transactionId: first });
      expect(await run('CommitTransaction', { transactionId: first })).toEqual({
        transactionStatus: 'Transaction Committed',
      });
      const { transactionId: second } = await run('BeginTransaction', {});
      await execute(insert, { parameters: order('o2'), transactionId: second });
      const waiting = count();
      expect(await run('RollbackTransaction', { transactionId: second })).toEqual({
        transactionStatus: 'Rollback Complete',
      });

      expect(await waiting).toEqual([[{ longValue: 1 }]]);
    });

    test('are rolled back after three minutes without a call', async () => {
      const { transactionId } = await run('BeginTransaction', {});
      await execute(insert, { parameters: order('o1'), transactionId });
      await clock.advance(3 * 60_000);

      expect(await count()).toEqual([[{ longValue: 0 }]]);
      await expect(run('CommitTransaction', { transactionId })).rejects.toMatchObject({
        name: 'TransactionNotFoundException',
      });
    });

    test('hold all sets of a batch, or none', async () => {
      const batch = (ids: readonly string[]) =>
        run('BatchExecuteStatement', { sql: insert, parameterSets: ids.map(order) });
      await expect(batch(['a', 'a'])).rejects.toMatchObject({ name: 'DatabaseErrorException' });
      expect(await count()).toEqual([[{ longValue: 0 }]]);
      expect(await batch(['a', 'b'])).toMatchObject({ updateResults: [{}, {}] });
      expect(await count()).toEqual([[{ longValue: 2 }]]);
    });
  });
}
