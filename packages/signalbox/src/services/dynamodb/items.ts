import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { DynaliteAction } from './dynalite.ts';
import { type Engine, toItem } from './engine.ts';
import type { SharedLock } from './shared-lock.ts';
import type { Streams } from './streams/streams.ts';
import type { TimeToLive } from './time-to-live.ts';
import { fromWire } from './wire.ts';

/** The engine, lock and expiry that single-item and many-item actions work with. */
export interface ItemOptions {
  readonly engine: Engine;
  readonly streams: Pick<Streams, 'areOn'>;
  readonly lock: SharedLock;
  readonly timeToLive: TimeToLive;
}

/**
 * Runs one of dynalite's actions on items, after deleting what has expired.
 * @throws {AwsError} As DynamoDB refuses; ConditionalCheckFailedException has `Item` where asked for.
 */
export function runItemAction(
  { engine, streams, lock, timeToLive }: ItemOptions,
  action: DynaliteAction,
  input: JsonObject,
): Promise<JsonObject> {
  const { ReturnValuesOnConditionCheckFailure: returns, ...rest } = input;
  // What is written is kept at once with its entries in indexes and streams: one at a time can do so.
  const isAlone = streams.areOn() || (engine.isKept && WRITES.has(action));
  const run = async () => {
    await expire(timeToLive, action, input);
    const runAction = () => engine.run(action, rest);
    return isAlone && WRITES.has(action) ? engine.together(runAction) : runAction();
  };
  if (returns !== 'ALL_OLD') return isAlone ? lock.exclusive(run) : lock.shared(run);
  // Alone, so that the item read after a refusal is the one that the condition was checked on.
  return lock.exclusive(async () => {
    try {
      return await run();
    } catch (error) {
      throw await withOldItem(engine, error, rest);
    }
  });
}

const WRITES: ReadonlySet<DynaliteAction> = new Set([
  'batchWriteItem',
  'deleteItem',
  'putItem',
  'updateItem',
]);

async function expire(
  timeToLive: TimeToLive,
  action: DynaliteAction,
  input: JsonObject,
): Promise<void> {
  const table = input['TableName'];
  const target = toItem(input['Key'] ?? input['Item']);
  if (typeof table === 'string') {
    if (action === 'query' || action === 'scan') await timeToLive.expireTable(table);
    else if (target !== undefined) await timeToLive.expireItem(table, target);
    return;
  }
  const requests = input['RequestItems'];
  if (!isJsonObject(requests)) return;
  for (const name of Object.keys(requests)) await timeToLive.expireTable(name);
}

async function withOldItem(engine: Engine, error: unknown, input: JsonObject): Promise<unknown> {
  if (!(error instanceof AwsError) || error.name !== 'ConditionalCheckFailedException')
    return error;
  const table = await engine.table(String(input['TableName']));
  const item = await engine.item(table, toItem(input['Key'] ?? input['Item']) ?? {});
  return item === undefined
    ? error
    : new AwsError(error.name, error.message, { Item: fromWire(item) });
}
