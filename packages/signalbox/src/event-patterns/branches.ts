import { chooseAnchors } from './index/choose-anchor.ts';
import { ExclusionGroup, groupKey, splitBranch } from './index/exclusion-group.ts';
import type { Branch, FieldPattern, Pattern } from './pattern.ts';
import { sortByPath } from './sort-by-path.ts';

/** A branch of a pattern, with the pattern's number. */
export interface NumberedBranch {
  readonly pattern: number;
  readonly branch: Branch;
}

/** Branches that are looked at together: one alone, or those that differ in what they exclude. */
export interface BranchSet {
  /** The fields that all of them want. */
  readonly common: Branch;
  /** The field by whose values the set is found; undefined where every field may be absent. */
  readonly anchor: FieldPattern | undefined;
  readonly members: readonly NumberedBranch[];
  /** Undefined for a branch alone. */
  readonly exclusion: Exclusion | undefined;
}

/** What the branches of a set exclude. */
export interface Exclusion {
  readonly paths: readonly string[];
  readonly group: ExclusionGroup;
}

/** Puts the branches of patterns into sets. */
export function branchSetsOf(patterns: readonly Pattern[]): readonly BranchSet[] {
  const sets = groupsOf(patterns).map(setOf);
  const anchors = chooseAnchors(sets.map(({ common, members }) => findableBy(common, members)));
  return sets.map((set, index) => ({ ...set, anchor: anchors[index] }));
}

function groupsOf(patterns: readonly Pattern[]): readonly (readonly NumberedBranch[])[] {
  const groups = new Map<string, NumberedBranch[]>();
  patterns.forEach(({ branches }, pattern) => {
    branches.map(sortByPath).forEach((branch, index) => {
      const split = splitBranch(branch);
      // Only a pattern of one branch: one of several may match by each of them.
      const isAlone = branches.length > 1 || split.excluding.length === 0;
      const key = isAlone ? `${pattern} ${index}` : groupKey(split);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ pattern, branch }]);
      else group.push({ pattern, branch });
    });
  });
  return [...groups.values()];
}

function setOf(members: readonly NumberedBranch[]): Omit<BranchSet, 'anchor'> {
  const splits = members.map(({ branch }) => splitBranch(branch));
  const [first] = splits;
  const [member] = members;
  if (first === undefined || members.length === 1) {
    return { common: member?.branch ?? [], members, exclusion: undefined };
  }
  const group = new ExclusionGroup(
    members.map(({ pattern }) => pattern),
    splits.map(({ excluding }) => excluding),
  );
  const paths = first.excluding.map(({ path }) => path);
  return { common: first.others, members, exclusion: { paths, group } };
}

/** A set that has nothing in common is found by any value of a field in which its branches exclude some. */
function findableBy(common: Branch, members: readonly NumberedBranch[]): Branch {
  return common.length > 0 ? common : (members[0]?.branch ?? []);
}
