import type { Clock } from '../../core/clock.ts';
import type { JsonObject } from '../../core/json.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { nextTurn } from '../../core/next-turn.ts';
import type { Action, Service } from '../../core/service.ts';
import { writeOutputWith } from '../../core/written-output.ts';
import { areMany } from './checked-values.ts';
import { createProtectedTables } from './deletion-protection.ts';
import { DYNALITE_ACTIONS } from './dynalite.ts';
import { type EngineOptions, openEngine } from './engine.ts';
import type { GlobalTables } from './global-tables/global-tables.ts';
import { openReplicated } from './global-tables/open-replicated.ts';
import { createReplica } from './global-tables/replica.ts';
import { unlessDown } from './global-tables/unless-down.ts';
import { withReplicas } from './global-tables/with-replicas.ts';
import { runItemAction } from './items.ts';
import { createPointInTime } from './point-in-time.ts';
import { createSharedLock } from './shared-lock.ts';
import type { Streams } from './streams/streams.ts';
import { createStreamsService } from './streams/streams-service.ts';
import { withStreams } from './streams/with-streams.ts';
import { tableNameOf, withTableNames } from './table-arns.ts';
import { createTemplateTables, type TemplateTables } from './template-tables.ts';
import { createTimeToLive } from './time-to-live.ts';
import { timeToLiveActions } from './time-to-live-actions.ts';
import { createTransactions } from './transactions.ts';
import { fromWire, toWire, wireText } from './wire.ts';

/** More than this many items of a page take a while to write. */
const MANY_ITEMS = 200;

/** Amazon DynamoDB: dynalite in process, with transactions, time to live and streams added. */
export interface DynamoDb extends TemplateTables {
  readonly service: Service;
  /** Amazon DynamoDB Streams, which has an API of its own. */
  readonly streamsService: Service;
  /** Where the readers of streams wait. */
  readonly streams: Pick<Streams, 'lastNumber' | 'whenAfter'>;
  /** Writes everything down and closes. */
  close(): Promise<void>;
}

/**
 * Opens Amazon DynamoDB.
 * @throws {UserError} When the directory cannot be opened.
 */
export async function openDynamoDb(
  options: EngineOptions & {
    readonly clock: Clock;
    readonly maps?: KeptMaps;
    /** Those of all Regions; this Region is alone unless given. */
    readonly globalTables?: GlobalTables;
  },
): Promise<DynamoDb> {
  const { clock, region } = options;
  const { engine, log, streams, globalTables } = await openReplicated(
    await openEngine(options),
    options,
  );
  const lock = createSharedLock();
  const timeToLive = createTimeToLive(engine, streams, clock, options.maps);
  const transactions = createTransactions({ engine, lock, timeToLive, clock });
  const tables = createProtectedTables(engine, options);
  const pointInTime = createPointInTime(engine, options);
  const ownActions = withStreams(tables.actions, streams);
  const settings = { ...tables, setRecovery: pointInTime.set, timeToLive };
  const own = { engine, log, lock, streams, tables: ownActions };
  globalTables.join(createReplica({ region, ...own, ...settings }));
  const tableActions = withReplicas(ownActions, region, globalTables);
  const onWire = (run: (input: JsonObject) => Promise<JsonObject>): Action => {
    return async (input) => {
      const given = withTableNames(toWire(input), options);
      if (areMany(given)) await nextTurn();
      const wire = await run(given);
      // Pages are up to 1 MB of items: others have their turn between reading and writing them.
      const isLong = Array.isArray(wire['Items']) && wire['Items'].length > MANY_ITEMS;
      if (isLong) await nextTurn();
      const output = fromWire(wire);
      if (isLong) await nextTurn();
      writeOutputWith(output, () => wireText(wire));
      return output;
    };
  };
  const tableNamed = async (name = ''): Promise<string> =>
    (await engine.table(tableNameOf(name, options))).TableName;
  const onItems = DYNALITE_ACTIONS.map((action): [string, Action] => [
    `${action.charAt(0).toUpperCase()}${action.slice(1)}`,
    onWire((input) => runItemAction({ engine, streams, lock, timeToLive }, action, input)),
  ]);
  const whileUp = (service: Service): Service => unlessDown(service, region, globalTables);
  return {
    service: whileUp({
      name: 'dynamodb',
      client: '@aws-sdk/client-dynamodb',
      actions: {
        ...Object.fromEntries(onItems),
        ...timeToLiveActions({ timeToLive, tableNamed, globalTables, region }),
        ...pointInTime.actions,
        CreateTable: onWire(tableActions.CreateTable),
        UpdateTable: onWire(tableActions.UpdateTable),
        DescribeTable: onWire(tableActions.DescribeTable),
        DeleteTable: onWire(tableActions.DeleteTable),
        TransactWriteItems: onWire(transactions.write),
        TransactGetItems: onWire(transactions.get),
      },
    }),
    streamsService: whileUp(createStreamsService(streams, clock)),
    streams,
    ...createTemplateTables({
      engine,
      streams,
      timeToLive,
      tables,
      pointInTime,
      globalTables,
      region,
    }),
    // Calls that are under way end first: their table is open until then.
    close: () => lock.exclusive(() => engine.close()),
  };
}
