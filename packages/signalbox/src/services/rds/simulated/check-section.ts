import type { Problem } from '../../../core/result.ts';
import type { ClusterSection, GlobalSection, MemberSection, RdsSection } from './rds-section.ts';

/** Something that a section names, and where. */
type Placed<T> = T & { readonly path: string };

/** Finds what no single field of the section shows, such as a name that is given twice. */
export function checkSection(section: RdsSection): readonly Problem[] {
  return [...checkNames(section), ...checkGlobals(section)];
}

/** Checks that names are given once, that zones are of the Region, and that the writers are there. */
function checkNames(section: RdsSection): readonly Problem[] {
  const clusters = clustersOf(section);
  const { globalClusters } = section;
  const instances = section.clusters.flatMap(({ region, instances }, at) =>
    instances.map((instance, index) => ({
      ...instance,
      region,
      path: `rds.clusters[${at}].instances[${index}].identifier`,
    })),
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
    ...repeated(globalsOf(section), ({ identifier }) => `global cluster ${identifier}`),
    ...elsewhere,
    ...clusters.flatMap((cluster) =>
      writerProblem(cluster, isSecondaryIn(cluster, globalClusters)),
    ),
  ];
}

/** Checks that the members of global clusters are there, each once, with one engine. */
function checkGlobals(section: RdsSection): readonly Problem[] {
  const { clusters } = section;
  const globals = globalsOf(section);
  const members = globals.flatMap(membersOf);
  const unknown = members
    .filter((member) => findCluster(clusters, member) === undefined)
    .map(({ path, region, cluster }) => ({
      path,
      message: `There is no cluster ${cluster} in ${region}`,
    }));
  const mixed = globals.flatMap(({ path, members }) => {
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

function clustersOf({ clusters }: RdsSection): readonly Placed<ClusterSection>[] {
  return clusters.map((one, at) => ({ ...one, path: `rds.clusters[${at}].identifier` }));
}

function globalsOf({ globalClusters }: RdsSection): readonly Placed<GlobalSection>[] {
  return globalClusters.map((one, at) => ({
    ...one,
    path: `rds.globalClusters[${at}].identifier`,
  }));
}

/** The members of a global cluster, the first of which stands under `primary`. */
function membersOf({ members }: GlobalSection, at: number): readonly Placed<MemberSection>[] {
  const place = (index: number) => (index === 0 ? 'primary' : `secondaries[${index - 1}]`);
  return members.map((member, index) => ({
    ...member,
    path: `rds.globalClusters[${at}].${place(index)}.cluster`,
  }));
}

function writerProblem(
  { path, identifier, writer, instances }: Placed<ClusterSection>,
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
