import { AwsError } from '../../core/aws-error.ts';
import type { OpenJournal } from '../../core/journal.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { ownMember, setOwnMember } from '../../core/names/own-member.ts';
import { nextTurn } from '../../core/next-turn.ts';
import { areMany } from './checked-values.ts';
import {
  type CheckedInput,
  checkInput,
  type DynaliteAction,
  type DynaliteRefusal,
  type DynaliteStore,
  type DynaliteTable,
  database,
  type Item,
  type ItemChange,
  isRefusal,
  runChecked,
  watchChanges,
} from './dynalite.ts';
import { type KeptLevel, keepLevel, type Note } from './kept-level.ts';
import { checkNesting } from './nesting.ts';

/** dynalite with promises and AWS's errors; everything in DynamoDB's JSON. Inputs are taken over. */
export interface Engine {
  /** @throws {AwsError} When DynamoDB would refuse the input. */
  check(action: DynaliteAction, input: JsonObject): CheckedInput;
  /** @throws {AwsError} When DynamoDB would refuse. */
  runChecked(action: DynaliteAction, input: CheckedInput): Promise<JsonObject>;
  /** @throws {AwsError} When DynamoDB would refuse. */
  run(action: DynaliteAction, input: JsonObject): Promise<JsonObject>;
  /** @throws {AwsError} `ResourceNotFoundException`. */
  table(name: string): Promise<DynaliteTable>;
  /** Reads one item by its key, or by an item that holds the key. */
  item(table: DynaliteTable, keyOrItem: Item): Promise<Item | undefined>;
  /**
   * Runs writes of items that nobody else writes meanwhile, and takes them all at once when the run
   * has ended: none where it throws. Whoever reads meanwhile sees none of them. What is noted of them
   * is kept with them.
   */
  together<T>(
    run: () => Promise<T>,
    notesOf?: (result: T, changes: readonly ItemChange[]) => readonly Note[],
  ): Promise<T>;
  /** Calls `listen` with each write of an item that stands, in their order. */
  onChange(listen: (change: ItemChange) => void): void;
  /** The notes of earlier processes, and how to forget one. */
  readonly notes: Pick<KeptLevel, 'notes' | 'forget'>;
  /** Whether the tables outlive the process. */
  readonly isKept: boolean;
  close(): Promise<void>;
}

/** The account and Region of the engine's tables, and where they are kept. */
export interface EngineOptions {
  readonly region: string;
  readonly accountId: string;
  /** Opens the journal that keeps the tables across restarts; undefined means in memory. */
  readonly openTables: OpenJournal | undefined;
}

/**
 * Opens dynalite's database.
 * @throws {UserError} When the kept tables are damaged.
 */
export async function openEngine({
  region,
  accountId,
  openTables,
}: EngineOptions): Promise<Engine> {
  // Tables in memory keep slices, and each keeps the whole 8 kB that Node cut it from.
  Buffer.poolSize = 0;
  const store = database.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  await store.db.open();
  const level = await keepLevel(store.db, openTables);
  let changes: ItemChange[] | undefined;
  const listeners: ((change: ItemChange) => void)[] = [];
  const tell = (change: ItemChange): void => {
    for (const listen of listeners) listen(change);
  };
  // Of writes together, none stands before all do.
  watchChanges(store, (change) => (changes === undefined ? tell(change) : changes.push(change)));

  const checkDepth = (action: DynaliteAction, input: JsonObject): void => {
    if (action === 'putItem' || action === 'batchWriteItem') checkNesting(input);
  };
  const check: Engine['check'] = (action, input) => {
    checkDepth(action, input);
    return refusing(() => checkInput(store, action, input));
  };
  let isClosed = false;
  const run: Engine['runChecked'] = async (action, input) => {
    if (isClosed) throw ended();
    return await refusingLater(runChecked(store, action, input));
  };
  return {
    check,
    runChecked: run,
    async run(action, input) {
      if (!areMany(input)) return await run(action, check(action, input));
      checkDepth(action, input);
      await nextTurn();
      const checked = refusing(() => checkInput(store, action, input));
      await nextTurn();
      return await run(action, checked);
    },
    async table(name) {
      if (isClosed) throw ended();
      return await refusingLater(tableOf(store, name));
    },
    async item(table, keyOrItem) {
      const output = await run('getItem', {
        TableName: table.TableName,
        Key: keyIn(table, keyOrItem),
      });
      return toItem(output['Item']);
    },
    async together(collect, notesOf) {
      const collected: ItemChange[] = [];
      changes = collected;
      try {
        const result = await level.together(collect, (value) => notesOf?.(value, collected) ?? []);
        collected.forEach(tell);
        return result;
      } finally {
        changes = undefined;
      }
    },
    onChange: (listen) => void listeners.push(listen),
    notes: level,
    isKept: openTables !== undefined,
    async close() {
      isClosed = true;
      await store.lifecycleManager.gracefulClose();
      await level.close();
    },
  };
}

function tableOf(store: DynaliteStore, name: string): Promise<DynaliteTable> {
  return new Promise((resolve, reject) => {
    store.getTable(name, (error, table) => (error ? reject(error) : resolve(table)));
  });
}

/** What executions that are still under way get at the end. */
function ended(): AwsError {
  return new AwsError('InternalServerError', 'The rehearsal has ended');
}

/** The key attributes of an item. */
export function keyIn(table: DynaliteTable, item: Item): Item {
  const key: Record<string, Item[string]> = {};
  for (const { AttributeName } of table.KeySchema) {
    const value = ownMember(item, AttributeName);
    if (value !== undefined) setOwnMember(key, AttributeName, value);
  }
  return key;
}

/** Reads an item out of an engine's output. */
export function toItem(value: JsonObject[string] | undefined): Item | undefined {
  if (!isJsonObject(value)) return undefined;
  const item: Record<string, Item[string]> = {};
  for (const [name, attribute] of Object.entries(value)) {
    if (isJsonObject(attribute)) setOwnMember(item, name, attribute);
  }
  return item;
}

/** Turns dynalite's refusal into AWS's error; anything else is a bug and stays what it is. */
export function toAwsError(refusal: DynaliteRefusal): AwsError {
  const { __type, message, Message } = refusal.body;
  return new AwsError(__type.slice(__type.indexOf('#') + 1), message ?? Message ?? '');
}

function refusing<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw isRefusal(error) ? toAwsError(error) : error;
  }
}

async function refusingLater<T>(running: Promise<T>): Promise<T> {
  try {
    return await running;
  } catch (error) {
    throw isRefusal(error) ? toAwsError(error) : error;
  }
}
