import type { Column } from './result-types.ts';

/** What a statement did. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
  /** Rows that it changed; 0 for a query. */
  readonly affected: number;
}

/** One connection to one database. */
export interface Connection {
  /**
   * @throws {Error} PostgreSQL's own, with `code` and `position`.
   * @throws {ConnectionLost} Where the database did not answer: the connection is of no more use.
   */
  run(sql: string, values: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

/** A database that cannot be reached, or no longer. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}
