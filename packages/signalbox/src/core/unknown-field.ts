import type { Problem } from './result.ts';

/**
 * The problem of a field that no reader knows, in the same words everywhere.
 * @param path Where the object is, such as `rds.clusters[0]`.
 * @param name The field's name.
 * @param known The names of the fields that there are.
 */
export function unknownField(path: string, name: string, known: Iterable<string>): Problem {
  const names = [...known].sort().join(', ');
  const instead = names === '' ? 'remove it' : `the fields are ${names}`;
  return { path: `${path}.${name}`, message: `Unknown field: ${instead}` };
}
