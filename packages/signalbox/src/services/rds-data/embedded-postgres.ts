import { UserError } from '../../core/user-error.ts';
import type { Column } from './result-types.ts';
import { TEXT_TYPES } from './result-types.ts';

/** What a statement did. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
  /** Rows that it changed; 0 for a query. */
  readonly affected: number;
}

/** One connection to one database. */
export interface Connection {
  /** @throws {Error} PostgreSQL's own, with `code` and `position`. */
  run(sql: string, values: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

const asText = (text: string): string => text;
const parsers = Object.fromEntries(TEXT_TYPES.map((oid) => [oid, asText]));

/**
 * Opens an empty PostgreSQL in memory. It is loaded here and not before: it takes seconds and some
 * hundred megabytes, and most rehearsals ask no database.
 * @throws {UserError} `not-found` where `@electric-sql/pglite` is not installed.
 */
export async function openEmbeddedPostgres(): Promise<Connection> {
  const { PGlite } = await loadPglite();
  const database = await PGlite.create({ relaxedDurability: true });
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

async function loadPglite() {
  try {
    return await import('@electric-sql/pglite');
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw new UserError(
      'not-found',
      'The Data API needs PostgreSQL: npm install --save-dev @electric-sql/pglite',
    );
  }
}
