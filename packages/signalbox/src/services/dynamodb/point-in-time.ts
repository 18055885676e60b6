import type {
  ContinuousBackupsDescription,
  DescribeContinuousBackupsInput,
  RestoreTableToPointInTimeInput,
  UpdateContinuousBackupsInput,
} from '@aws-sdk/client-dynamodb';
import type { AccountRegion } from '../../core/account-region.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { parseJson } from '../../core/json.ts';
import { type Action, actions } from '../../core/service.ts';
import type { Item } from './dynalite.ts';
import type { Engine } from './engine.ts';
import { tableNameOf } from './table-arns.ts';
import { type RestorableSpan, TableHistory } from './table-history.ts';
import { createTableLike, ensureTable, itemsOf } from './tables.ts';
import { fromWire } from './wire.ts';

/** Point-in-time recovery of tables. */
export interface PointInTime {
  /** Switches the recovery of a table on or off. */
  set(tableName: string, isOn: boolean): void;
  readonly actions: Readonly<Record<string, Action>>;
}

/**
 * Makes point-in-time recovery over an engine. A table is restored at once, where AWS takes twenty minutes
 * and more; as on AWS, the restored one has neither time to live nor recovery of its own.
 */
export function createPointInTime(
  engine: Engine,
  { clock, ...owner }: AccountRegion & { readonly clock: Clock },
): PointInTime {
  const history = new TableHistory();
  const nowMs = (): number => clock.now().getTime();
  engine.onChange((change) => history.note(change, nowMs()));

  const tableNamed = (name = '') => engine.table(tableNameOf(name, owner));

  async function restore(input: RestoreTableToPointInTimeInput): Promise<object> {
    const { SourceTableName, SourceTableArn, TargetTableName = '' } = input;
    const source = await tableNamed(SourceTableName ?? SourceTableArn).catch(noSource);
    const atMs = instantOf(source.TableName, history.spanOf(source.TableName, nowMs()), input);
    if (await isThere(engine, TargetTableName)) {
      throw new AwsError('TableAlreadyExistsException', `Table already exists: ${TargetTableName}`);
    }
    const present: Item[] = [];
    for await (const item of itemsOf(engine, source.TableName)) present.push(item);
    const items = history.itemsAt(source, present, atMs);
    const { Table: described } = await engine.run('describeTable', { TableName: source.TableName });
    await ensureTable(engine, createTableLike(described, TargetTableName));
    for (const item of items) {
      await engine.run('putItem', {
        TableName: TargetTableName,
        Item: parseJson(JSON.stringify(item)) ?? null,
      });
    }
    const { Table: restored } = await engine.run('describeTable', { TableName: TargetTableName });
    return fromWire({ TableDescription: restored ?? null });
  }

  return {
    set: (tableName, isOn) => history.remember(tableName, isOn, nowMs()),
    actions: actions({
      RestoreTableToPointInTime: restore,
      async DescribeContinuousBackups({ TableName }: DescribeContinuousBackupsInput) {
        const { TableName: name } = await tableNamed(TableName);
        return { ContinuousBackupsDescription: described(history.spanOf(name, nowMs())) };
      },
      async UpdateContinuousBackups({
        TableName,
        PointInTimeRecoverySpecification: wish,
      }: UpdateContinuousBackupsInput) {
        const { TableName: name } = await tableNamed(TableName);
        history.remember(name, wish?.PointInTimeRecoveryEnabled === true, nowMs());
        return { ContinuousBackupsDescription: described(history.spanOf(name, nowMs())) };
      },
    }),
  };
}

function described(span: RestorableSpan | undefined): ContinuousBackupsDescription {
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: span === undefined ? 'DISABLED' : 'ENABLED',
      ...(span !== undefined && {
        RecoveryPeriodInDays: 35,
        EarliestRestorableDateTime: new Date(span.earliestMs),
        LatestRestorableDateTime: new Date(span.latestMs),
      }),
    },
  };
}

function instantOf(
  tableName: string,
  span: RestorableSpan | undefined,
  { RestoreDateTime, UseLatestRestorableTime }: RestoreTableToPointInTimeInput,
): number {
  if (span === undefined) {
    throw new AwsError(
      'PointInTimeRecoveryUnavailableException',
      `Point in time recovery is not enabled for table '${tableName}'`,
    );
  }
  const { earliestMs, latestMs } = span;
  if (UseLatestRestorableTime === true) return latestMs;
  const atMs = RestoreDateTime?.getTime() ?? Number.NaN;
  if (atMs >= earliestMs && atMs <= latestMs) return atMs;
  throw new AwsError(
    'InvalidRestoreTimeException',
    `RestoreDateTime has to lie between ${new Date(earliestMs).toISOString()} and ${new Date(latestMs).toISOString()}`,
  );
}

function noSource(error: unknown): never {
  if (!(error instanceof AwsError) || error.name !== 'ResourceNotFoundException') throw error;
  throw new AwsError('TableNotFoundException', 'Table not found');
}

async function isThere(engine: Engine, tableName: string): Promise<boolean> {
  try {
    await engine.table(tableName);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
}
