import type {
  DescribeTimeToLiveInput,
  DescribeTimeToLiveOutput,
  UpdateTimeToLiveInput,
  UpdateTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { JsonObject } from '../../core/json.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { nextTurn } from '../../core/next-turn.ts';
import { type Action, actions, type Service } from '../../core/service.ts';
import { writeOutputWith } from '../../core/written-output.ts';
import { createProtectedTables } from './deletion-protection.ts';
import { DYNALITE_ACTIONS } from './dynalite.ts';
import { type EngineOptions, openEngine } from './engine.ts';
import { runItemAction } from './items.ts';
import { createPointInTime } from './point-in-time.ts';
import { createSharedLock } from './shared-lock.ts';
import { openStreams, type Streams } from './streams/streams.ts';
import { createStreamsService } from './streams/streams-service.ts';
import type { StreamView } from './streams/table-stream.ts';
import { withStreams } from './streams/with-streams.ts';
import { tableNameOf, withTableNames } from './table-arns.ts';
import { ensureTable } from './tables.ts';
import { alreadySet, createTimeToLive, type TimeToLive } from './time-to-live.ts';
import { createTransactions } from './transactions.ts';
import { fromWire, toWire, wireText } from './wire.ts';

/** More than this many items of a page take a while to write. */
const MANY_ITEMS = 200;

/** Amazon DynamoDB: dynalite in process, with transactions, time to live and streams added. */
export interface DynamoDb {
  readonly service: Service;
  /** Amazon DynamoDB Streams, which has an API of its own. */
  readonly streamsService: Service;
  /** Where the readers of streams wait. */
  readonly streams: Pick<Streams, 'lastNumber' | 'whenAfter'>;
  /** Switches the stream that the template gives a table on, or off. */
  setStream(table: {
    readonly createTable: JsonObject;
    readonly stream: { readonly view: StreamView; readonly label: string } | undefined;
  }): void;
  /**
   * Creates a table of the template and waits until it is ACTIVE; a kept one stays as it is.
   * @throws {UserError} When a kept table has other keys.
   */
  createTable(table: { readonly createTable: JsonObject }): Promise<void>;
  /** Sets the time to live that the template gives a table. */
  setTimeToLive(table: {
    readonly createTable: JsonObject;
    readonly timeToLiveAttribute: string | undefined;
  }): void;
  /** Sets whether the template protects a table against deletion. */
  setDeletionProtection(table: {
    readonly createTable: JsonObject;
    readonly isDeletionProtected: boolean;
  }): void;
  /** Switches point-in-time recovery on where the template does. */
  setPointInTimeRecovery(table: {
    readonly createTable: JsonObject;
    readonly isRecoverable: boolean;
  }): void;
  /** Writes everything down and closes. */
  close(): Promise<void>;
}

/**
 * Opens Amazon DynamoDB.
 * @throws {UserError} When the directory cannot be opened.
 */
export async function openDynamoDb(
  options: EngineOptions & { readonly clock: Clock; readonly maps?: KeptMaps },
): Promise<DynamoDb> {
  const { clock } = options;
  const plain = await openEngine(options);
  const streams = await openStreams(plain, options);
  const engine = { ...plain, together: streams.together };
  const lock = createSharedLock();
  const timeToLive = createTimeToLive(engine, streams, clock, options.maps);
  const transactions = createTransactions({ engine, lock, timeToLive, clock });
  const tables = createProtectedTables(engine, options.maps);
  const pointInTime = createPointInTime(engine, options);
  const tableActions = withStreams(tables.actions, streams);
  const onWire = (run: (input: JsonObject) => Promise<JsonObject>): Action => {
    return async (input) => {
      const wire = await run(withTableNames(toWire(input), options));
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
  return {
    service: {
      name: 'dynamodb',
      client: '@aws-sdk/client-dynamodb',
      actions: {
        ...Object.fromEntries(onItems),
        ...timeToLiveActions(timeToLive, tableNamed),
        ...pointInTime.actions,
        CreateTable: onWire(tableActions.CreateTable),
        UpdateTable: onWire(tableActions.UpdateTable),
        DescribeTable: onWire(tableActions.DescribeTable),
        DeleteTable: onWire(tableActions.DeleteTable),
        TransactWriteItems: onWire(transactions.write),
        TransactGetItems: onWire(transactions.get),
      },
    },
    streamsService: createStreamsService(streams, clock),
    streams,
    setStream({ createTable, stream }) {
      const tableName = String(createTable['TableName']);
      if (stream === undefined) streams.disable(tableName);
      else streams.enable(createTable, stream.view, stream.label);
    },
    createTable: (table) => ensureTable(engine, table.createTable),
    setTimeToLive({ createTable: { TableName }, timeToLiveAttribute }) {
      timeToLive.set(String(TableName), timeToLiveAttribute);
    },
    setDeletionProtection({ createTable: { TableName }, isDeletionProtected }) {
      tables.protect(String(TableName), isDeletionProtected);
    },
    setPointInTimeRecovery({ createTable: { TableName }, isRecoverable }) {
      pointInTime.set(String(TableName), isRecoverable);
    },
    // Calls that are under way end first: their table is open until then.
    close: () => lock.exclusive(() => engine.close()),
  };
}

function timeToLiveActions(
  timeToLive: TimeToLive,
  tableNamed: (name: string | undefined) => Promise<string>,
): Record<string, Action> {
  return actions({
    async UpdateTimeToLive(input: UpdateTimeToLiveInput): Promise<UpdateTimeToLiveOutput> {
      const { TableName, TimeToLiveSpecification } = input;
      const { Enabled, AttributeName } = TimeToLiveSpecification ?? {};
      const table = await tableNamed(TableName);
      if (AttributeName === undefined || AttributeName === '') {
        throw new AwsError(
          'ValidationException',
          'TimeToLiveSpecification.AttributeName is required',
        );
      }
      const isOn = timeToLive.attributeOf(table) !== undefined;
      if (isOn === (Enabled === true)) throw alreadySet(isOn);
      timeToLive.set(table, Enabled === true ? AttributeName : undefined);
      return { TimeToLiveSpecification };
    },
    async DescribeTimeToLive(input: DescribeTimeToLiveInput): Promise<DescribeTimeToLiveOutput> {
      const attribute = timeToLive.attributeOf(await tableNamed(input.TableName));
      return {
        TimeToLiveDescription:
          attribute === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
      };
    },
  });
}
