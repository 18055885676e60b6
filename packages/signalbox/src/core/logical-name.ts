import { UserError } from './user-error.ts';

/** A resource as people name it. */
export interface LogicalName {
  readonly logicalId: string;
  /** The logical id with those of the nested stacks before it, such as `Orders/SubmitFunction`. */
  readonly path: string;
}

/**
 * Finds a resource by its logical id, also where a nested stack has it, or by its path.
 * @throws {UserError} `usage` where several stacks have that logical id and the root has not.
 */
export function resourceNamed<T extends LogicalName>(
  resources: readonly T[],
  name: string,
): T | undefined {
  const exact = resources.find(({ path }) => path === name);
  if (exact !== undefined) return exact;
  const [first, ...more] = resources.filter(({ logicalId }) => logicalId === name);
  if (first === undefined || more.length === 0) return first;
  const paths = [first, ...more].map(({ path }) => path).join(', ');
  throw new UserError('usage', `Several stacks have ${name}: name one of ${paths}`);
}
