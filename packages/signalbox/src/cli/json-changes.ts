import { isJsonObject, type Json, parseJson } from '../core/json.ts';

/** A place where two JSON values differ; undefined where one has nothing. */
export interface JsonChange {
  /** Such as `$.lines[0].quantity`. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Lists where two JSON texts differ, member by member; a text that is no JSON is compared as a text. */
export function jsonChanges(
  before: string | undefined,
  after: string | undefined,
): readonly JsonChange[] {
  return before === after ? [] : changesAt('$', jsonIn(before), jsonIn(after));
}

function jsonIn(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : (parseJson(text) ?? text);
}

function changesAt(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): readonly JsonChange[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changesAt(`${path}.${name}`, before[name], after[name]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, at) =>
      changesAt(`${path}[${at}]`, before[at], after[at]),
    ).flat();
  }
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return isSame ? [] : [{ path, before, after }];
}
