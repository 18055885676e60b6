import { join } from 'node:path';
import type { Connection } from '../services/rds-data/connection.ts';
import { openEmbeddedPostgres } from '../services/rds-data/embedded-postgres.ts';
import { openOwnPostgres } from '../services/rds-data/own-postgres.ts';
import type { DataApiCluster } from '../services/rds-data/rds-data.ts';
import { makeFolder } from '../store/disk.ts';

/** The place of the databases of the Data API. */
export interface DatabasesOptions {
  /** The URL of a PostgreSQL that somebody runs; an embedded one unless given. */
  readonly postgres?: string | undefined;
  readonly store: { readonly databases: string | undefined };
}

/**
 * Makes what opens a cluster's database: in somebody's own PostgreSQL, in the store, or in memory.
 * @returns A function that takes the cluster, and rejects as `openEmbeddedPostgres` and `openOwnPostgres` do.
 */
export function openDatabaseIn({
  postgres,
  store: { databases },
}: DatabasesOptions): (cluster: DataApiCluster) => Promise<Connection> {
  return ({ arn, databaseName }) => {
    if (postgres !== undefined) return openOwnPostgres(postgres, databaseName);
    if (databases === undefined) return openEmbeddedPostgres();
    const [, , , region = '', , , identifier = ''] = arn.split(':');
    makeFolder(databases);
    return openEmbeddedPostgres(join(databases, `${region}.${identifier}`));
  };
}
