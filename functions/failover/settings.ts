import { readParameter } from '../shared/read-parameter.ts';
import { InvalidPlanError } from './errors.ts';

/**
 * Reads the parameters of those names, in their order; nothing is kept between calls, so that a
 * switch that was turned off is off.
 * @throws {InvalidPlanError} When one of them is not there.
 */
export function readParameters(names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(names.map(readOne));
}

async function readOne(name: string): Promise<string> {
  const value = await readParameter(name);
  if (value === undefined) throw new InvalidPlanError(`There is no parameter "${name}"`);
  return value;
}
