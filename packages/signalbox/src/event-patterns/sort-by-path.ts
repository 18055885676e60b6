import type { Branch } from './pattern.ts';

/** The order in which the service settles fields. */
export function sortByPath(branch: Branch): Branch {
  return [...branch].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
