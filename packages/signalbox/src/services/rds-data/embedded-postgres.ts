import type { Connection } from './connection.ts';
import { loadPeer } from './load-peer.ts';
import { TEXT_TYPES } from './result-types.ts';

const MISSING =
  'The Data API needs PostgreSQL: npm install --save-dev @electric-sql/pglite, or name one of your own: --postgres postgres://USER@HOST/DATABASE';
const asText = (text: string): string => text;
const parsers = Object.fromEntries(TEXT_TYPES.map((oid) => [oid, asText]));

/**
 * Opens a PostgreSQL of WebAssembly. It is loaded here and not before: it takes seconds and some
 * hundred megabytes, and most rehearsals ask no database.
 * @param directory Its files, which it goes on with; in memory and empty where there is none.
 * @throws {UserError} `not-found` where `@electric-sql/pglite` is not installed.
 */
export async function openEmbeddedPostgres(directory?: string): Promise<Connection> {
  const { PGlite } = await loadPeer(() => import('@electric-sql/pglite'), MISSING);
  const database = await PGlite.create({
    ...(directory === undefined ? { relaxedDurability: true } : { dataDir: directory }),
  });
  await database.exec("SET TIME ZONE 'UTC'");
  return {
    async run(sql, values) {
      const answer = await database.query<unknown[]>(sql, [...values], {
        rowMode: 'array',
        parsers,
      });
      return { columns: answer.fields, rows: answer.rows, affected: answer.affectedRows ?? 0 };
    },
    close: () => database.close(),
  };
}
