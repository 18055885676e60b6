import type { Context } from 'aws-lambda';
import { asError, logger } from '../../shared/logger.ts';
import { execute, inTransaction, query } from '../data-api.ts';
import { MIGRATIONS, type Migration } from '../migrations.ts';
import { text, whole } from '../sql-parameter.ts';
import {
  AppliedSchema,
  CREATE_TABLE,
  checksumOf,
  LOCK,
  missingMigrations,
  NOTE_APPLIED,
  READ_APPLIED,
} from './migrate-reports.ts';

/** Brings the database's schema up to date: after each deployment, or whenever it is called. */
export async function handler(
  _event: unknown,
  context: Context,
): Promise<{ readonly applied: readonly string[] }> {
  logger.addContext(context);
  try {
    await execute(CREATE_TABLE);
    const missing = missingMigrations(MIGRATIONS, await query(AppliedSchema, READ_APPLIED));
    for (const migration of missing) await apply(migration);
    const applied = missing.map(({ number, name }) => `${number} ${name}`);
    logger.info('Schema is up to date', { applied });
    return { applied };
  } catch (error) {
    logger.error('Schema is not up to date', asError(error));
    throw error;
  } finally {
    logger.resetKeys();
  }
}

async function apply(migration: Migration): Promise<void> {
  const { number, name, statements } = migration;
  await inTransaction(async (transactionId) => {
    await execute(LOCK, [], transactionId);
    const noted = [
      whole('number', number),
      text('name', name),
      text('checksum', checksumOf(migration)),
    ];
    await execute(NOTE_APPLIED, noted, transactionId);
    for (const statement of statements) await execute(statement, [], transactionId);
  });
}
