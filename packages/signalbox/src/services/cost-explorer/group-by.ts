import type { GroupDefinition } from '@aws-sdk/client-cost-explorer';
import { ownMember } from '../../core/names/own-member.ts';
import { notRehearsed, validationError } from './cost-explorer-errors.ts';
import { type CostRow, isDimensionName } from './cost-row.ts';

/** The keys that a group is known by, one for each definition. */
export type GroupKeys = readonly string[];

/**
 * Reads how to group; undefined for not at all.
 * @throws {AwsError} `ValidationException`. AWS: at most two.
 */
export function readGroupBy(
  definitions: readonly GroupDefinition[],
): ((row: CostRow) => GroupKeys) | undefined {
  if (definitions.length === 0) return undefined;
  if (definitions.length > 2) throw validationError('Only two values for GroupBy are allowed');
  const keys = definitions.map(readDefinition);
  return (row) => keys.map((keyOf) => keyOf(row));
}

function readDefinition({ Type, Key = '' }: GroupDefinition): (row: CostRow) => string {
  switch (Type) {
    case 'DIMENSION':
      if (!isDimensionName(Key)) throw notRehearsed(`Grouping by the dimension ${Key}`);
      return ({ dimensions }) => dimensions[Key];
    case 'TAG':
      if (Key === '') throw validationError('Grouping by a tag needs a Key');
      // AWS: a tag's key and value, and the bare key with its sign for what has no such tag.
      return ({ tags }) => `${Key}$${ownMember(tags, Key) ?? ''}`;
    case 'COST_CATEGORY':
      throw notRehearsed('Grouping by a cost category');
    default:
      throw validationError('GroupBy needs a Type: DIMENSION, TAG or COST_CATEGORY');
  }
}
