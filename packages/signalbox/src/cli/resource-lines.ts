import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { cut, tableOf } from './print/table.ts';

/** The widest text that one cell has room for. */
const CELL_WIDTH = 110;
const MAX_COLUMNS = 10;
const MAX_PAIRS = 4;

/** Lays the sections of simulated resources out: a heading for each, its single values as lines, its things as tables. */
export function resourceLines(resources: JsonObject): readonly string[] {
  return Object.entries(resources).flatMap(([part, shown], index) => [
    ...(index === 0 ? [] : ['']),
    part,
    ...indented(linesOf(shown)),
  ]);
}

function linesOf(value: Json): readonly string[] {
  if (Array.isArray(value)) return listLines(value);
  if (!isJsonObject(value)) return [cellText(value)];
  const entries = Object.entries(value);
  const things = entries.flatMap(([key, one]) => (isJsonObject(one) ? [[key, one] as const] : []));
  if (things.length < 2 || things.some(([, thing]) => isDeep(thing))) {
    return entries.flatMap(([key, one]) => named(key, one));
  }
  return [
    ...entries.flatMap(([key, one]) => (isJsonObject(one) ? [] : named(key, one))),
    ...rows(things),
  ];
}

/** Returns whether no row has room for a value, such as a cluster with its instances. */
function isDeep(thing: JsonObject): boolean {
  const values = Object.values(thing);
  return (
    values.length > MAX_COLUMNS ||
    values.some(
      (one) =>
        (Array.isArray(one) && one.some(isJsonObject)) ||
        (isJsonObject(one) &&
          (Object.keys(one).length > MAX_PAIRS || Object.values(one).some(isJsonObject))),
    )
  );
}

function named(key: string, value: Json): readonly string[] {
  const isLarge =
    (Array.isArray(value) && value.some(isJsonObject)) || (isJsonObject(value) && isLong(value));
  return isLarge ? [key, ...indented(linesOf(value))] : [`${key}: ${cellText(value)}`];
}

function isLong(thing: JsonObject): boolean {
  return isDeep(thing) || Object.values(thing).some(isJsonObject);
}

function listLines(values: readonly Json[]): readonly string[] {
  const objects = values.filter(isJsonObject);
  if (objects.length === 0 || objects.length < values.length) return [cellText(values)];
  const columns = columnsOf(objects);
  return tableOf(
    headerOf(columns),
    objects.map((one) => cellsOf(one, columns)),
  );
}

function rows(things: readonly (readonly [string, JsonObject])[]): readonly string[] {
  const columns = columnsOf(things.map(([, thing]) => thing));
  return tableOf(
    ['NAME', ...headerOf(columns)],
    things.map(([name, thing]) => [name, ...cellsOf(thing, columns)]),
  );
}

function columnsOf(things: readonly JsonObject[]): readonly string[] {
  return [...new Set(things.flatMap((thing) => Object.keys(thing)))];
}

function headerOf(columns: readonly string[]): readonly string[] {
  return columns.map((column) => column.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase());
}

function cellsOf(thing: JsonObject, columns: readonly string[]): readonly string[] {
  return columns.map((column) => cellText(thing[column] ?? null));
}

function cellText(value: Json): string {
  if (value === null || value === '') return '-';
  if (Array.isArray(value)) return cut(value.map(cellText).join(', ') || '-', CELL_WIDTH);
  if (!isJsonObject(value)) return cut(String(value), CELL_WIDTH);
  const pairs = Object.entries(value).map(([key, one]) => `${key} ${cellText(one)}`);
  return cut(pairs.join(', ') || '-', CELL_WIDTH);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
