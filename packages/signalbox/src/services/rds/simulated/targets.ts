import { UserError } from '../../../core/user-error.ts';
import type { DbCluster, DbInstance, GlobalCluster } from '../model/databases.ts';
import type { RdsContext } from '../model/rds-context.ts';

type Named = DbCluster | DbInstance | GlobalCluster;

/**
 * Finds the cluster that a fault is aimed at, by identifier or ARN; without one the first of the simulated resources.
 * @throws {UserError} `usage` for an unknown name, or one of several Regions.
 */
export function clusterTarget({ store }: RdsContext, target: string | undefined): DbCluster {
  return pick([...store.clusters], target, 'cluster');
}

/**
 * Finds the global cluster that a fault is aimed at; undefined where the name is none's.
 */
export function globalTarget(
  { store }: RdsContext,
  target: string | undefined,
): GlobalCluster | undefined {
  return [...store.globals].find(({ identifier, arn }) => target === identifier || target === arn);
}

/**
 * Finds the instance that a fault is aimed at; undefined where the name is none's.
 * @throws {UserError} `usage` for a name in several Regions.
 */
export function instanceTarget(
  { store }: RdsContext,
  target: string | undefined,
): DbInstance | undefined {
  const all = [...store.clusters].flatMap(({ instances }) => [...instances.values()]);
  const isNamed = all.some(({ identifier, arn }) => target === identifier || target === arn);
  return isNamed ? pick(all, target, 'instance') : undefined;
}

/**
 * Finds the Region that a fault is aimed at; without one that of the first global cluster's primary.
 * @throws {UserError} `usage` for a Region without databases.
 */
export function regionTarget({ store }: RdsContext, target: string | undefined): string {
  const regions = [...new Set([...store.clusters].map(({ region }) => region))];
  const members = [...store.globals].flatMap((global) => global.members);
  const usual = members.find(({ isPrimary }) => isPrimary)?.cluster.region ?? regions[0];
  const region = target ?? usual;
  if (region !== undefined && regions.includes(region)) return region;
  throw unknown('Region with databases', target, regions);
}

function pick<T extends Named>(all: readonly T[], target: string | undefined, what: string): T {
  const fits = ({ identifier, arn }: T) =>
    target === undefined || [identifier, arn].includes(target);
  const found = all.filter(fits);
  const first = found[0];
  if (first === undefined)
    throw unknown(
      what,
      target,
      all.map(({ identifier }) => identifier),
    );
  if (target === undefined || found.length === 1) return first;
  const arns = found.map(({ arn }) => arn).join(' or ');
  throw new UserError('usage', `There are several of the name "${target}": write ${arns}`);
}

function unknown(what: string, target: string | undefined, known: readonly string[]): UserError {
  const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  return new UserError(
    'usage',
    `There is no ${what}${target === undefined ? '' : ` "${target}"`}: ${there}`,
  );
}
