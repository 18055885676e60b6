import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** What became of a part of a definition in another one. */
export interface DefinitionChange {
  /** The state's name; empty for what belongs to the whole machine. */
  readonly state: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** JSON texts; undefined where the part is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Members that hold states, which are compared by themselves. */
const HOLDERS = new Set(['States', 'ItemProcessor', 'Iterator', 'Branches']);

/**
 * Compares two definitions state by state, wherever a state stands: names are unique in a machine.
 *
 * @param before The definition, as JSON has it.
 * @param after The other one.
 * @returns What differs, the machine's own members first, then the states in the order of `after`.
 */
export function compareDefinitions(before: Json, after: Json): readonly DefinitionChange[] {
  const [old, current] = [partsOf(before), partsOf(after)];
  const names = [...current.keys(), ...[...old.keys()].filter((name) => !current.has(name))];
  return names.flatMap((state): readonly DefinitionChange[] => {
    const [was, is] = [old.get(state), current.get(state)];
    if (was === is) return [];
    const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    return [{ state, kind, before: was, after: is }];
  });
}

/** The JSON text of each state without the states in it, and of the machine under an empty name. */
function partsOf(definition: Json): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  if (isJsonObject(definition)) parts.set('', JSON.stringify(ownMembers(definition)));
  addStates(definition, parts);
  return parts;
}

function addStates(machine: Json | undefined, parts: Map<string, string>): void {
  const states = isJsonObject(machine) ? machine['States'] : undefined;
  if (!isJsonObject(states)) return;
  for (const [name, body] of Object.entries(states)) {
    if (!isJsonObject(body)) continue;
    parts.set(name, JSON.stringify(withoutStates(body)));
    const { ItemProcessor, Iterator: iterator, Branches: branches } = body;
    for (const inner of [ItemProcessor, iterator]) addStates(inner, parts);
    if (Array.isArray(branches)) for (const branch of branches) addStates(branch, parts);
  }
}

function ownMembers(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !HOLDERS.has(name)));
}

/** A state with the settings of its bodies, such as where they start, and none of their states. */
function withoutStates(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!HOLDERS.has(name)) return [name, value];
      if (Array.isArray(value)) return [name, value.map((one) => settingsOf(one))];
      return [name, settingsOf(value)];
    }),
  );
}

function settingsOf(value: Json): Json {
  return isJsonObject(value) ? ownMembers(value) : value;
}
