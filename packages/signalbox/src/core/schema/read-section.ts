import type { Json } from '../json.ts';
import type { Problem } from '../result.ts';
import { invalid } from '../user-error.ts';
import { readValue } from './read-value.ts';
import type { FileSchema } from './schema.ts';

/**
 * Reads a section of the file of simulated resources.
 * @param name The section's name, such as `rds`.
 * @param section What the file has under the name; an empty object where it has nothing.
 * @param schema What the section may be; see `fields`.
 * @param check Finds what no single field shows, such as a name that is given twice. It is asked where
 * the schema fits; its paths begin with the section's name.
 * @returns What the schema makes of the section.
 * @throws {UserError} `invalid`, with everything that is wrong with it.
 * @example
 * const { doors } = readSection('doors', { doors: 2 }, fields({ doors: whole(1) }));
 */
export function readSection<T>(
  name: string,
  section: Json,
  schema: FileSchema<T>,
  check: (value: T) => readonly Problem[] = () => [],
): T {
  const read = readValue(schema, section, name);
  const problems = read.ok ? check(read.value) : read.problems;
  if (!read.ok || problems.length > 0) throw invalid(problems);
  return read.value;
}
