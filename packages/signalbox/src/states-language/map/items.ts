import { isJsonNumber, jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import type { MapState } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import { evaluate, queryFailure } from '../evaluate.ts';
import type { Eventual } from '../eventual.ts';
import { jsonTypeName } from '../json-type-name.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import type { Template } from '../template.ts';
import { itemsIn, type MapItem, plainInput } from './map-item.ts';

/** Computes the items of a Map: Items, ItemsPath, or the whole input. */
export async function itemsOf(
  state: MapState,
  visit: Visit,
  input: Json,
): Promise<readonly MapItem[]> {
  const { items, flow } = state;
  const value = items === undefined ? input : await evaluate(items, { visit, root: input });
  // AWS: a Distributed Map goes over the members of an object too, an inline one refuses it.
  const isIterable = Array.isArray(value) || state.distributed !== undefined;
  const found = isIterable ? itemsIn(value) : undefined;
  if (found !== undefined) return found;
  if (items === undefined && flow.language === 'JSONata') {
    throw new StateFailure(
      ERROR.queryEvaluationError,
      `Map state input must be an array but was: ${jsonText(value)}`,
      { location: 'Items' },
    );
  }
  throw items?.kind === 'jsonata'
    ? queryFailure(
        items.expression,
        'Items',
        `returned an unexpected result type. Expected 'array', but was '${jsonTypeName(value)}' for value: ${jsonText(value)}`,
      )
    : notArray(items);
}

function notArray(items: Template | undefined): StateFailure {
  // AWS writes a path into the context object without its second dollar sign.
  const path = items?.kind === 'path' ? items.path.text.replace(/^\$\$/, '$') : '$';
  return new StateFailure(ERROR.runtime, `Reference path "${path}" must point to array.`);
}

/** Computes an iteration's input: ItemSelector with the item in the context object, or the item. */
export function itemInput(
  state: MapState,
  visit: Visit,
  input: Json,
  item: MapItem,
): Eventual<Json> {
  if (state.itemSelector === undefined) return plainInput(item);
  return evaluate(state.itemSelector, { visit, root: input });
}

/** Computes MaxConcurrency; 0 sets no limit. */
export async function maxConcurrencyOf(
  state: MapState,
  visit: Visit,
  input: Json,
): Promise<number> {
  return naturalNumber(state.maxConcurrency, 'MaxConcurrency', visit, input, 0);
}

/** Computes a field of a Map that takes an integer from 0 on. */
export async function naturalNumber(
  template: Template | undefined,
  field: string,
  visit: Visit,
  input: Json,
  otherwise: number,
): Promise<number> {
  if (template === undefined) return otherwise;
  const value = await numberOf(template, field, visit, input);
  if (value >= 0) return value;
  throw new StateFailure(ERROR.runtime, `${field} cannot be negative.`);
}

/** Computes a field of a Map that takes a number; AWS reads one out of a text too. */
export async function numberOf(
  template: Template,
  field: string,
  visit: Visit,
  input: Json,
  type: 'integer' | 'float' = 'integer',
): Promise<number> {
  const value = await evaluate(template, { visit, root: input });
  if (isJsonNumber(value)) return Number(value);
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw notNumber(template, field, value, type);
}

function notNumber(template: Template, field: string, value: Json, type: string): StateFailure {
  if (template.kind === 'jsonata') {
    return queryFailure(
      template.expression,
      template.field,
      `returned an unexpected result type. Expected 'number', but was '${jsonTypeName(value)}' for value: ${jsonText(value)}`,
    );
  }
  const path = template.kind === 'path' ? template.path.text : '';
  const text = typeof value === 'string' ? value : jsonText(value);
  return new StateFailure(
    ERROR.runtime,
    `The ${field}Path field refers to value "${text}" which is not a valid ${type}: ${path}`,
  );
}
