import { readJson } from '../../parts/format.ts';

/** Finds the definition of a state, wherever it stands: names are unique in a machine. */
export function definitionOf(definition: string | undefined, name: string): object | undefined {
  return stateIn(readJson(definition), name);
}

function stateIn(value: unknown, name: string): object | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('States' in value && typeof value.States === 'object' && value.States !== null) {
    const own: unknown = Object.entries(value.States).find(([key]) => key === name)?.[1];
    if (typeof own === 'object' && own !== null) return own;
  }
  for (const inner of Object.values(value)) {
    const found = stateIn(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
