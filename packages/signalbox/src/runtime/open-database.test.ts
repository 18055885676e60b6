import { cpSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openDatabaseIn } from './open-database.ts';

const cluster = {
  arn: 'arn:aws:rds:us-east-1:123456789012:cluster:web',
  databaseName: 'web',
  hasHttpEndpoint: true,
};

test('a database in the store goes on with its files, as a killed process leaves them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'databases-'));
  const [first, left] = [join(folder, 'first'), join(folder, 'left')];
  const killed = await openDatabaseIn({ store: { databases: first } })(cluster);
  await killed.run('CREATE TABLE orders (id text)', []);
  await killed.run('INSERT INTO orders VALUES ($1)', ['o1']);
  await killed.run('BEGIN', []);
  await killed.run('INSERT INTO orders VALUES ($1)', ['never committed']);
  cpSync(first, left, { recursive: true });

  const next = await openDatabaseIn({ store: { databases: left } })(cluster);
  expect((await next.run('SELECT id FROM orders', [])).rows).toEqual([['o1']]);
  expect(statSync(first).mode & 0o777).toBe(0o700);

  await Promise.all([killed.close(), next.close()]);
});
