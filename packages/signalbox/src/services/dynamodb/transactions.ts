import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Engine } from './engine.ts';
import { toItem } from './engine.ts';
import { requestDigest } from './request-digest.ts';
import type { SharedLock } from './shared-lock.ts';
import type { TimeToLive } from './time-to-live.ts';
import { transactWrite } from './transact-write.ts';

const MAX_ITEMS = 100;
/** DynamoDB remembers a ClientRequestToken for ten minutes. */
const TOKEN_MS = 600_000;

interface Remembered {
  readonly digest: string;
  readonly untilMs: number;
  readonly output: JsonObject;
}

/** DynamoDB's two transaction actions, in DynamoDB's JSON. */
export interface Transactions {
  /** @throws {AwsError} `TransactionCanceledException`, `IdempotentParameterMismatchException`, `ValidationException`. */
  write(input: JsonObject): Promise<JsonObject>;
  /** @throws {AwsError} When a table or a key does not fit. */
  get(input: JsonObject): Promise<JsonObject>;
}

/** The engine, lock, expiry and clock that transactions work with. */
export interface TransactionOptions {
  readonly engine: Engine;
  readonly lock: SharedLock;
  readonly timeToLive: TimeToLive;
  readonly clock: Clock;
}

/** Makes transactions that run alone, so that nobody sees half of one. */
export function createTransactions({
  engine,
  lock,
  timeToLive,
  clock,
}: TransactionOptions): Transactions {
  let restored: Promise<Map<string, Remembered>> | undefined;

  async function write(input: JsonObject): Promise<JsonObject> {
    const items = itemsOf(input);
    const { ClientRequestToken, ...request } = input;
    const token = typeof ClientRequestToken === 'string' ? ClientRequestToken : undefined;
    const digest = requestDigest(request);
    const nowMs = clock.now().getTime();
    restored ??= restore(engine);
    const remembered = await restored;
    await forgetOld(engine, remembered, nowMs);
    const known = token === undefined ? undefined : remembered.get(token);
    if (known !== undefined && known.digest !== digest) throw mismatch();
    if (known !== undefined) return known.output;
    for (const item of items) await expireTarget(timeToLive, item);
    const returns = input['ReturnConsumedCapacity'];
    const given = items.map((item) => withCapacity(item, returns));
    if (token === undefined) return capacityOf(await transactWrite(engine, given));
    const untilMs = nowMs + TOKEN_MS;
    // Kept with the items: after a kill the same token is known where they are written, and nowhere else.
    const outputs = await transactWrite(engine, given, (written) => ({
      key: token,
      value: { digest, untilMs, output: capacityOf(written) },
    }));
    const output = capacityOf(outputs);
    remembered.set(token, { digest, untilMs, output });
    return output;
  }

  async function get(input: JsonObject): Promise<JsonObject> {
    const outputs: JsonObject[] = [];
    for (const item of itemsOf(input)) {
      const wish = item['Get'];
      if (!isJsonObject(wish)) throw invalid('TransactItems can only contain Get');
      await expireTarget(timeToLive, item);
      const returns = input['ReturnConsumedCapacity'];
      outputs.push(await engine.run('getItem', withReturns(wish, returns)));
    }
    const Responses = outputs.map(({ Item }) => (Item === undefined ? {} : { Item }));
    return { Responses, ...capacityOf(outputs) };
  }

  return {
    write: (input) => lock.exclusive(() => write(input)),
    get: (input) => lock.exclusive(() => get(input)),
  };
}

function itemsOf(input: JsonObject): JsonObject[] {
  const items = input['TransactItems'];
  const list = Array.isArray(items) ? items.filter(isJsonObject) : [];
  const constraint =
    list.length === 0
      ? 'Member must have length greater than or equal to 1'
      : `Member must have length less than or equal to ${MAX_ITEMS}`;
  if (list.length === 0 || list.length > MAX_ITEMS) {
    throw invalid(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: ${constraint}`,
    );
  }
  return list;
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function mismatch(): AwsError {
  return new AwsError(
    'IdempotentParameterMismatchException',
    'The provided parameters do not match the parameters of a previous request with the same client token.',
  );
}

async function restore({ notes }: Engine): Promise<Map<string, Remembered>> {
  const found = await notes.notes();
  const kept = found.flatMap(({ key, value: { digest, untilMs, output } }) =>
    typeof digest === 'string' && typeof untilMs === 'number' && isJsonObject(output)
      ? [[key, { digest, untilMs, output }] as const]
      : [],
  );
  return new Map(kept.sort(([, one], [, other]) => one.untilMs - other.untilMs));
}

async function forgetOld(
  { notes }: Engine,
  remembered: Map<string, Remembered>,
  nowMs: number,
): Promise<void> {
  for (const [token, { untilMs }] of remembered) {
    if (untilMs > nowMs) return; // Tokens are remembered in the order in which they expire.
    await notes.forget(token);
    remembered.delete(token);
  }
}

async function expireTarget(timeToLive: TimeToLive, item: JsonObject): Promise<void> {
  for (const wish of Object.values(item)) {
    if (!isJsonObject(wish)) continue;
    const target = toItem(wish['Key'] ?? wish['Item']);
    const table = wish['TableName'];
    if (target === undefined || typeof table !== 'string') continue;
    await timeToLive.expireItem(table, target);
  }
}

function withCapacity(item: JsonObject, returns: Json | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([kind, wish]) => [
      kind,
      isJsonObject(wish) ? withReturns(wish, returns) : wish,
    ]),
  );
}

function withReturns(wish: JsonObject, returns: Json | undefined): JsonObject {
  return returns === undefined ? wish : { ...wish, ReturnConsumedCapacity: returns };
}

/** A transaction takes twice the capacity of the same actions alone. */
function capacityOf(outputs: readonly JsonObject[]): JsonObject {
  const units = new Map<string, number>();
  for (const { ConsumedCapacity } of outputs) {
    if (!isJsonObject(ConsumedCapacity)) continue;
    const table = String(ConsumedCapacity['TableName']);
    const own = Number(ConsumedCapacity['CapacityUnits']);
    units.set(table, (units.get(table) ?? 0) + 2 * own);
  }
  if (units.size === 0) return {};
  return {
    ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({
      TableName,
      CapacityUnits,
    })),
  };
}
