import { createRequire } from 'node:module';
import type { Json, JsonObject } from '../../core/json.ts';
import { checkWithout } from './checked-values.ts';
import { parseCondition } from './expressions/condition.ts';
import type { ExpressionContext } from './expressions/expression-context.ts';
import { parseProjection } from './expressions/projection.ts';
import { type ParsedUpdate, parseUpdate } from './expressions/update.ts';
import { emptyIndexKey, emptyUpdatedKey, type IndexedTable } from './index-keys.ts';
import { wrongRead } from './read-checks.ts';

/** The actions that dynalite runs, by its own file names. */
export const DYNALITE_ACTIONS = [
  'batchGetItem',
  'batchWriteItem',
  'createTable',
  'deleteItem',
  'deleteTable',
  'describeTable',
  'getItem',
  'listTables',
  'listTagsOfResource',
  'putItem',
  'query',
  'scan',
  'tagResource',
  'untagResource',
  'updateItem',
  'updateTable',
] as const;

export type DynaliteAction = (typeof DYNALITE_ACTIONS)[number];

/** An input that dynalite has checked and whose expressions it has parsed. */
export interface CheckedInput extends Readonly<Record<string, unknown>> {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
}

/** An item or a key: attribute values by attribute name. */
export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A refusal as dynalite throws or returns it. */
export interface DynaliteRefusal {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/** A table's description, as far as it is read here. */
export interface DynaliteTable extends IndexedTable {
  readonly TableName: string;
  readonly TableStatus: string;
  readonly KeySchema: readonly { readonly AttributeName: string }[];
}

type Done<T> = (error: unknown, value: T) => void;

/** One change of the key-value database under dynalite. */
export type LevelChange =
  | { readonly type: 'put'; readonly key: string; readonly value: Json }
  | { readonly type: 'del'; readonly key: string };

/** The key-value database under dynalite, as dynalite calls it. */
export interface LevelDatabase {
  open(): Promise<void>;
  put(key: string, value: Json, done: (error?: unknown) => void): void;
  del(key: string, done: (error?: unknown) => void): void;
  batch(changes: readonly LevelChange[], done: (error?: unknown) => void): void;
}

/** dynalite's database. */
export interface DynaliteStore {
  readonly db: LevelDatabase;
  readonly tableDb: { awsAccountId: string; awsRegion: string };
  readonly lifecycleManager: { gracefulClose(): Promise<void> };
  readonly options: object;
  getTable(name: string, done: Done<DynaliteTable>): void;
}

type Refused = DynaliteRefusal | null | undefined;

interface Database {
  create(options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): DynaliteStore;
  createKey(item: Item, table: DynaliteTable): string;
  validateKey(key: Item, table: DynaliteTable): Refused;
  validateItem(item: Item, table: DynaliteTable): Refused;
  validateUpdates(
    attributes: unknown,
    updates: ParsedUpdate | undefined,
    table: DynaliteTable,
  ): Refused;
  validationError(message: string): DynaliteRefusal;
  checkConditional(input: CheckedInput, item: Item | undefined): Refused;
  itemSize(item: Item): number;
  updateIndexes(
    store: DynaliteStore,
    table: DynaliteTable,
    before: Item | null | undefined,
    after: Item | null | undefined,
    done: (error?: unknown) => void,
  ): void;
}

/** A write of one item; before or after it there may be none. */
export interface ItemChange {
  readonly table: DynaliteTable;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

interface Validation {
  readonly types: object;
  readonly custom?: (input: CheckedInput, store: DynaliteStore) => string | undefined;
}

interface Validations {
  checkTypes(input: object, types: object): CheckedInput;
  checkValidations(
    input: CheckedInput,
    types: object,
    custom: Validation['custom'],
    store: DynaliteStore,
  ): void;
}

type Run = (store: DynaliteStore, input: CheckedInput, done: Done<JsonObject>) => void;

// dynalite brings no types, and its actions are reached one by one: its HTTP server has no way to
// check a condition without writing, which a transaction needs.
const require = createRequire(import.meta.url);
const validations: Validations = require('dynalite/validations');

/** One of dynalite's parsers, of which the time doubles with each pair of parentheses. */
interface ExpressionParser {
  parse(expression: string, options: { readonly context: ExpressionContext }): object;
}

/** Puts a parser of ours in place of one of dynalite's, which calls it through its module. */
function replaceParser(
  name: 'condition' | 'projection' | 'update',
  parse: (expression: string, context: ExpressionContext) => object,
): void {
  const parser: ExpressionParser = require(`dynalite/db/${name}Parser`);
  parser.parse = (expression, { context }) => parse(expression, context);
}
replaceParser('condition', parseCondition);
replaceParser('projection', parseProjection);
replaceParser('update', parseUpdate);

/** dynalite's functions on keys and conditions. */
export const database: Database = require('dynalite/db');

// dynalite takes empty keys of indexes; its actions call these functions through its module.
const { validateItem, validateUpdates } = database;
database.validateItem = (item, table) =>
  validateItem(item, table) ?? refusal(emptyIndexKey(item, table));
database.validateUpdates = (attributes, updates, table) =>
  validateUpdates(attributes, updates, table) ??
  refusal(emptyUpdatedKey(updates?.sections ?? [], table));

const { updateIndexes } = database;
const watchers = new WeakMap<DynaliteStore, (change: ItemChange) => void>();

// Every write of an item comes by here, with the item as it was.
database.updateIndexes = (store, table, before, after, done) =>
  updateIndexes(store, table, before, after, (error) => {
    if (!error) {
      const change = { table, before: before ?? undefined, after: after ?? undefined };
      watchers.get(store)?.(change);
    }
    done(error);
  });

/** Calls `watch` with each write of an item, in their order. */
export function watchChanges(store: DynaliteStore, watch: (change: ItemChange) => void): void {
  watchers.set(store, watch);
}

function refusal(sentence: string | undefined): Refused {
  return sentence === undefined ? undefined : database.validationError(sentence);
}

const loaded = new Map<DynaliteAction, { readonly run: Run; readonly validation: Validation }>();

function actionOf(action: DynaliteAction): { readonly run: Run; readonly validation: Validation } {
  const known = loaded.get(action);
  if (known !== undefined) return known;
  const run: Run = require(`dynalite/actions/${action}`);
  const validation = completed(action, require(`dynalite/validations/${action}`));
  loaded.set(action, { run, validation });
  return { run, validation };
}

function completed(action: DynaliteAction, validation: Validation): Validation {
  if (action !== 'scan' && action !== 'query') return validation;
  const { types, custom } = validation;
  return {
    // dynalite's Scan heeds ConsistentRead and does not let it through.
    types: { ...types, ConsistentRead: 'Boolean' },
    custom: (input, store) => custom?.(input, store) ?? wrongRead(action, input),
  };
}

/**
 * Checks an input in DynamoDB's JSON and parses its expressions.
 * @param input Taken over: members that dynalite does not know are deleted from it.
 * @throws {DynaliteRefusal} When DynamoDB would refuse it.
 */
export function checkInput(
  store: DynaliteStore,
  action: DynaliteAction,
  input: JsonObject,
): CheckedInput {
  const { types, custom } = actionOf(action).validation;
  const checked = checkWithout(input, (rest) => validations.checkTypes(rest, types));
  validations.checkValidations(checked, types, custom, store);
  return checked;
}

/** Runs a checked action. */
export function runChecked(
  store: DynaliteStore,
  action: DynaliteAction,
  input: CheckedInput,
): Promise<JsonObject> {
  return new Promise((resolve, reject) => {
    actionOf(action).run(store, input, (error, output) =>
      error ? reject(error) : resolve(output),
    );
  });
}

/** Distinguishes a refusal of dynalite's from a bug. */
export function isRefusal(error: unknown): error is DynaliteRefusal {
  return typeof error === 'object' && error !== null && 'statusCode' in error && 'body' in error;
}
