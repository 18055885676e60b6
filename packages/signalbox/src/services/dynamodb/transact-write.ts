import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import {
  type CheckedInput,
  type DynaliteAction,
  type DynaliteTable,
  database,
  type Item,
} from './dynalite.ts';
import { type Engine, keyIn, toAwsError } from './engine.ts';
import { emptyIndexKey } from './index-keys.ts';
import type { Note } from './kept-level.ts';
import { cancelled, type Reason } from './transaction-cancelled.ts';

type Kind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

const ACTIONS: Readonly<Record<Kind, DynaliteAction>> = {
  Put: 'putItem',
  Update: 'updateItem',
  Delete: 'deleteItem',
  // A condition check has the input of a delete, and writes nothing.
  ConditionCheck: 'deleteItem',
};

interface Write {
  readonly kind: Kind;
  readonly input: CheckedInput;
  readonly table: DynaliteTable;
  /** The item before the transaction. */
  readonly before: Item | undefined;
  readonly returnsItem: boolean;
}

/**
 * Writes all or nothing; call it while nobody else reads or writes
 * (DynamoDB API Reference, TransactWriteItems).
 * @throws {AwsError} `TransactionCanceledException` with a reason for each item; `ValidationException`.
 */
export async function transactWrite(
  engine: Engine,
  items: readonly JsonObject[],
  noteOf?: (outputs: readonly JsonObject[]) => Note,
): Promise<JsonObject[]> {
  const writes: Write[] = [];
  const refusals: (Reason | undefined)[] = [];
  for (const item of items) {
    const { write, refusal } = await prepare(engine, item);
    writes.push(write);
    refusals.push(refusal);
  }
  if (refusals.some((refusal) => refusal !== undefined)) throw cancelled(refusals);
  refuseRepeated(writes);
  const reasons = writes.map(conditionFailure);
  if (reasons.some((reason) => reason !== undefined)) throw cancelled(reasons);
  return apply(engine, writes, noteOf);
}

async function prepare(
  engine: Engine,
  item: JsonObject,
): Promise<{ readonly write: Write; readonly refusal: Reason | undefined }> {
  const { kind, wish } = writeIn(item);
  const { ReturnValuesOnConditionCheckFailure, ...rest } = wish;
  const input = engine.check(ACTIONS[kind], rest);
  const table = await engine.table(input.TableName);
  const empty = emptyIndexKey(input.Item ?? {}, table);
  if (empty !== undefined) throw new AwsError('ValidationException', empty);
  const refusal =
    input.Item === undefined
      ? database.validateKey(input.Key ?? {}, table)
      : database.validateItem(input.Item, table);
  const before = refusal ? undefined : await engine.item(table, input.Item ?? input.Key ?? {});
  const returnsItem = ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return {
    write: { kind, input, table, before, returnsItem },
    refusal: refusal
      ? { Code: 'ValidationError', Message: toAwsError(refusal).message }
      : undefined,
  };
}

function writeIn(item: JsonObject): { readonly kind: Kind; readonly wish: JsonObject } {
  const wishes = Object.entries(ACTIONS).flatMap(([name]) => {
    const wish = item[name];
    return isJsonObject(wish) && isKind(name) ? [{ kind: name, wish }] : [];
  });
  const [only, ...others] = wishes;
  if (only !== undefined && others.length === 0) return only;
  throw new AwsError(
    'ValidationException',
    'TransactItems can only contain one of Check, Put, Update or Delete',
  );
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(ACTIONS, name);
}

function refuseRepeated(writes: readonly Write[]): void {
  const keys = writes.map(({ table, input }) => {
    const key = keyIn(table, input.Item ?? input.Key ?? {});
    return `${table.TableName}/${database.createKey(key, table)}`;
  });
  if (new Set(keys).size === keys.length) return;
  throw new AwsError(
    'ValidationException',
    'Transaction request cannot include multiple operations on one item',
  );
}

function conditionFailure({ input, before, returnsItem }: Write): Reason | undefined {
  if (!database.checkConditional(input, before)) return undefined;
  return {
    Code: 'ConditionalCheckFailed',
    Message: 'The conditional request failed',
    ...(returnsItem && before !== undefined && { Item: before }),
  };
}

function apply(
  engine: Engine,
  writes: readonly Write[],
  noteOf: ((outputs: readonly JsonObject[]) => Note) | undefined,
): Promise<JsonObject[]> {
  return engine.together(
    async () => {
      const outputs: JsonObject[] = [];
      for (const [position, { kind, input }] of writes.entries()) {
        if (kind === 'ConditionCheck') continue;
        try {
          outputs.push(await engine.runChecked(ACTIONS[kind], input));
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          throw cancelled(
            writes.map((_, other) =>
              other === position ? { Code: 'ValidationError', Message: error.message } : undefined,
            ),
          );
        }
      }
      return outputs;
    },
    noteOf && ((outputs) => [noteOf(outputs)]),
  );
}
