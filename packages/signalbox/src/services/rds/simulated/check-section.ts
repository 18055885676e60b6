import type { Problem } from '../../../core/result.ts';
import type { ClusterSection, RdsSection } from './rds-section.ts';

/** Checks that names are given once, that zones are of the Region, and that the writers are there. */
export function checkNames({ clusters, globalClusters }: RdsSection): readonly Problem[] {
  const instances = clusters.flatMap(({ region, instances }) =>
    instances.map((instance) => ({ ...instance, region })),
  );
  const elsewhere = instances
    .filter(({ availabilityZone, region }) => !availabilityZone.startsWith(region))
    .map(({ path, availabilityZone, region }) => ({
      path,
      message: `Zone "${availabilityZone}" is not in Region ${region}`,
    }));
  return [
    ...repeated(clusters, ({ region, identifier }) => `cluster ${identifier} in ${region}`),
    ...repeated(instances, ({ region, identifier }) => `instance ${identifier} in ${region}`),
    ...repeated(globalClusters, ({ identifier }) => `global cluster ${identifier}`),
    ...elsewhere,
    ...clusters.flatMap((cluster) =>
      writerProblem(cluster, isSecondaryIn(cluster, globalClusters)),
    ),
  ];
}

/** Checks that the members of global clusters are there, each once, with one engine. */
export function checkGlobals({ clusters, globalClusters }: RdsSection): readonly Problem[] {
  const members = globalClusters.flatMap(({ members }) => members);
  const unknown = members
    .filter((member) => findCluster(clusters, member) === undefined)
    .map(({ path, region, cluster }) => ({
      path,
      message: `There is no cluster ${cluster} in ${region}`,
    }));
  const mixed = globalClusters.flatMap(({ path, members }) => {
    const engines = new Set(
      members.flatMap((member) => findCluster(clusters, member)?.engine ?? []),
    );
    const regions = new Set(members.map(({ region }) => region));
    return [
      ...(engines.size > 1 ? [{ path, message: 'All members must have one engine' }] : []),
      ...(regions.size < members.length
        ? [{ path, message: 'Each member must be in a Region of its own' }]
        : []),
    ];
  });
  const twice = repeated(members, ({ region, cluster }) => `member ${cluster} in ${region}`);
  return [...unknown, ...mixed, ...twice];
}

function writerProblem(
  { path, identifier, writer, instances }: ClusterSection,
  isSecondary: boolean,
): readonly Problem[] {
  if (isSecondary) {
    return writer === undefined
      ? []
      : [{ path, message: `Cluster ${identifier} is a secondary: it has no writer` }];
  }
  if (writer === undefined && instances.length === 0) return [];
  if (instances.some((instance) => instance.identifier === writer)) return [];
  const names = instances.map((instance) => instance.identifier).join(', ');
  return [{ path, message: `Name the writer of ${identifier}: one of ${names}` }];
}

function isSecondaryIn(
  { region, identifier }: ClusterSection,
  globals: RdsSection['globalClusters'],
): boolean {
  return globals.some(({ members }) =>
    members.slice(1).some((member) => member.region === region && member.cluster === identifier),
  );
}

function findCluster(
  clusters: readonly ClusterSection[],
  member: { readonly region: string; readonly cluster: string },
): ClusterSection | undefined {
  return clusters.find(
    ({ region, identifier }) => region === member.region && identifier === member.cluster,
  );
}

function repeated<T extends { readonly path: string }>(
  things: readonly T[],
  nameOf: (thing: T) => string,
): readonly Problem[] {
  const seen = new Set<string>();
  return things.flatMap((thing) => {
    const name = nameOf(thing);
    if (seen.has(name)) return [{ path: thing.path, message: `There is ${name} already` }];
    seen.add(name);
    return [];
  });
}
