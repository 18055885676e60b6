import { createHash } from 'node:crypto';
import { number, object, string } from 'valibot';
import type { Migration } from '../migrations.ts';

/** A migration as the database remembers it. */
export const AppliedSchema = object({ number: number(), checksum: string() });

/** A migration that was applied is not as it was: what the database has is not what the files say. */
export class MigrationChangedError extends Error {
  override readonly name = 'MigrationChangedError';
}

/** The table in which the database remembers what was applied. */
export const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS schema_migrations (
  number integer PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

export const READ_APPLIED = 'SELECT number, checksum FROM schema_migrations ORDER BY number';

/** Two runners at the same time would both find the same migration missing: the second waits, then its insert fails. */
export const LOCK = 'LOCK TABLE schema_migrations IN EXCLUSIVE MODE';

export const NOTE_APPLIED =
  'INSERT INTO schema_migrations (number, name, checksum) VALUES (:number, :name, :checksum)';

/** Sums up the statements of a migration. */
export function checksumOf({ statements }: Migration): string {
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex');
}

/**
 * Returns the migrations that the database does not have, in their order.
 * @throws {MigrationChangedError} Where one that it has was edited.
 */
export function missingMigrations(
  migrations: readonly Migration[],
  applied: readonly { readonly number: number; readonly checksum: string }[],
): readonly Migration[] {
  const known = new Map(applied.map((one) => [one.number, one.checksum]));
  for (const migration of migrations) {
    const checksum = known.get(migration.number);
    if (checksum !== undefined && checksum !== checksumOf(migration)) {
      throw new MigrationChangedError(
        `Migration ${migration.number} (${migration.name}) was edited after it was applied: write the change as the next one`,
      );
    }
  }
  return migrations.filter((migration) => !known.has(migration.number));
}
