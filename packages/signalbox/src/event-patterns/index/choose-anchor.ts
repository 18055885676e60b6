import { wantsAbsence } from '../match-value.ts';
import type { Branch, FieldPattern } from '../pattern.ts';
import { isSelective } from './value-index.ts';

/** A match that is not found by its value costs as much as this many branches that are. */
const UNSELECTIVE = 1_000_000;

/**
 * Chooses for each branch the field by which it is found: the one whose matches it shares with the
 * fewest others. Undefined where every field may be absent.
 */
export function chooseAnchors(branches: readonly Branch[]): readonly (FieldPattern | undefined)[] {
  const shares = new Map<string, number>();
  for (const key of branches.flat().flatMap(keysOf)) shares.set(key, (shares.get(key) ?? 0) + 1);
  const costs = new Map<FieldPattern, number>();
  function costOf(field: FieldPattern): number {
    const known = costs.get(field);
    if (known !== undefined) return known;
    const unselective = field.matches.filter((match) => !isSelective(match)).length;
    const cost =
      keysOf(field).reduce((sum, key) => sum + (shares.get(key) ?? 0), 0) +
      unselective * UNSELECTIVE;
    costs.set(field, cost);
    return cost;
  }
  return branches.map((branch) =>
    branch
      .filter(({ matches }) => !matches.some(wantsAbsence))
      .reduce<FieldPattern | undefined>(
        (best, field) => (best === undefined || costOf(field) < costOf(best) ? field : best),
        undefined,
      ),
  );
}

function keysOf({ path, matches }: FieldPattern): readonly string[] {
  return matches.map((match) => `${path} ${JSON.stringify(match)}`);
}
