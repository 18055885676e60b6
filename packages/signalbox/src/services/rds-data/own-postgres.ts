import type { ClientConfig, CustomTypesConfig } from 'pg';
import { type Connection, ConnectionLost } from './connection.ts';
import { loadPeer } from './load-peer.ts';
import { TEXT_TYPES } from './result-types.ts';

const CONNECT_MS = 5_000;
const MISSING = '--postgres needs its driver: npm install --save-dev pg';
const asText = (text: string): string => text;

/**
 * Connects to a PostgreSQL that somebody runs. What is written there stays there.
 * @param url `postgres://USER:PASSWORD@HOST:PORT/DATABASE`; what it leaves out is libpq's (`PGPASSWORD` …).
 * @param databaseName The database of a URL that names none.
 * @throws {ConnectionLost} Where it cannot be reached, or lets nobody in.
 * @throws {UserError} `not-found` where `pg` is not installed.
 */
export async function openOwnPostgres(
  url: string,
  databaseName: string | undefined,
): Promise<Connection> {
  const { Client, types } = (await loadPeer(() => import('pg'), MISSING)).default;
  const parsers: CustomTypesConfig = {
    getTypeParser: (oid, format) =>
      TEXT_TYPES.includes(Number(oid)) ? asText : types.getTypeParser(oid, format),
  };
  const client = new Client(configOf(url, databaseName, parsers));
  let lost: string | undefined;
  const lose = (reason: string): void => {
    lost ??= reason;
  };
  client.on('error', (error) => lose(error.message));
  client.on('end', () => lose('it ended the connection'));
  try {
    await client.connect();
    await client.query("SET TIME ZONE 'UTC'; SET DateStyle TO 'ISO, MDY'");
  } catch (error) {
    await client.end();
    throw new ConnectionLost(unreachable(url, error));
  }
  return {
    async run(sql, values) {
      if (lost !== undefined) throw new ConnectionLost(unreachable(url, lost));
      // Extended, as the Data API: one statement, also where it has no values.
      const query = { text: sql, values: [...values], rowMode: 'array', queryMode: 'extended' };
      try {
        const { fields, rows, command, rowCount } = await client.query<unknown[]>(query);
        return { columns: fields, rows, affected: command === 'SELECT' ? 0 : (rowCount ?? 0) };
      } catch (error) {
        if (isRefusal(error)) throw error;
        throw new ConnectionLost(unreachable(url, error), { cause: error });
      }
    },
    close: () => client.end(),
  };
}

function configOf(
  url: string,
  databaseName: string | undefined,
  types: CustomTypesConfig,
): ClientConfig {
  const database = new URL(url).pathname.slice(1) === '' ? databaseName : undefined;
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'signalbox',
    types,
    ...(database !== undefined && { database }),
  };
}

/** PostgreSQL's own refusal has an SQLSTATE; those of class 57P end the session. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('57P');
}

function unreachable(url: string, error: unknown): string {
  const { host, pathname } = new URL(url);
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return `The PostgreSQL at ${host}${pathname} does not answer: ${reason}. Start it, or leave out --postgres`;
}
