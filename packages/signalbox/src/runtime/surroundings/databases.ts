import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { invalid } from '../../core/user-error.ts';
import type { DatabaseCluster, DatabaseInstance, Surrounding } from '../../template/surrounding.ts';
import { listIn, mergedList, said } from './section-lists.ts';

const ENGINES = ['aurora-mysql', 'aurora-postgresql'];
const CLUSTER_KEYS = ['region', 'identifier'];

/**
 * Adds the template's Aurora clusters to the section `rds`. The first instance of a cluster is its
 * writer, unless it joins a global database that the file has.
 * @throws {UserError} Where a cluster joins a global database that neither template nor file has.
 */
export function withDatabases(
  section: JsonObject,
  region: string,
  surroundings: readonly Surrounding[],
): JsonObject {
  const clusters = surroundings.filter(
    (one): one is DatabaseCluster =>
      one.kind === 'database-cluster' && ENGINES.includes(one.engine),
  );
  if (clusters.length === 0) return section;
  const globals = surroundings.flatMap((one) =>
    one.kind === 'global-database' ? one.identifier : [],
  );
  const ofFile = listIn(section, 'globalClusters').filter(isJsonObject);
  const joining = clusters.filter(
    ({ globalCluster: name }) => name !== undefined && !globals.includes(name),
  );
  const strays = joining.filter(
    ({ globalCluster }) => !ofFile.some(({ identifier }) => identifier === globalCluster),
  );
  if (strays.length > 0) throw invalid(strays.map(strayProblem));

  const replaced = joining.flatMap(({ globalCluster }) =>
    membersOf(ofFile.find(({ identifier }) => identifier === globalCluster)).filter(
      (member) => member['region'] === region,
    ),
  );
  const kept = listIn(section, 'clusters').filter(
    (one) =>
      !replaced.some(
        ({ cluster }) =>
          isJsonObject(one) && one['region'] === region && one['identifier'] === cluster,
      ),
  );
  const made = clusters.map((cluster) =>
    clusterSection(cluster, region, instancesOf(cluster, surroundings), joining.includes(cluster)),
  );
  const globalSections = clusters.flatMap((cluster) =>
    globalSection(cluster, region, ofFile, joining.includes(cluster)),
  );
  return {
    ...section,
    clusters: mergedList(kept, made, CLUSTER_KEYS),
    globalClusters: mergedList(ofFile, globalSections, ['identifier']),
  };
}

function strayProblem({ identifier, globalCluster, place }: DatabaseCluster) {
  return {
    file: place.file,
    line: place.line,
    message: `Cluster ${identifier} joins the global database ${globalCluster}, which is neither in the template nor in the file of simulated resources: add it to that file, with its primary`,
  };
}

function instancesOf({ identifier }: DatabaseCluster, surroundings: readonly Surrounding[]) {
  return surroundings.filter(
    (one): one is DatabaseInstance =>
      one.kind === 'database-instance' && one.cluster === identifier,
  );
}

function clusterSection(
  { identifier, engine, engineVersion, tags }: DatabaseCluster,
  region: string,
  instances: readonly DatabaseInstance[],
  isSecondary: boolean,
): JsonObject {
  return said({
    region,
    identifier,
    engine,
    engineVersion,
    writer: isSecondary ? undefined : instances[0]?.identifier,
    tags,
    instances: instances.map((one, index) =>
      said({
        identifier: one.identifier,
        instanceClass: one.instanceClass,
        // AWS: without a zone RDS chooses one, and spreads them.
        availabilityZone: one.availabilityZone ?? `${region}${'abc'[index % 3]}`,
        promotionTier: one.promotionTier,
      }),
    ),
  });
}

/** The global database that a cluster begins, with what the file adds to it; or joins, in place of the file's member here. */
function globalSection(
  { identifier: cluster, globalCluster }: DatabaseCluster,
  region: string,
  ofFile: readonly JsonObject[],
  isJoining: boolean,
): readonly JsonObject[] {
  if (globalCluster === undefined) return [];
  const own = { region, cluster };
  const others = membersOf(ofFile.find(({ identifier }) => identifier === globalCluster)).filter(
    (member) => member['region'] !== region,
  );
  const [first, ...rest] = others;
  return [
    isJoining
      ? { identifier: globalCluster, primary: first ?? own, secondaries: [...rest, own] }
      : { identifier: globalCluster, primary: own, secondaries: others },
  ];
}

function membersOf(global: JsonObject | undefined): readonly JsonObject[] {
  const primary: Json | undefined = global?.['primary'];
  return [
    ...(isJsonObject(primary) ? [primary] : []),
    ...(global === undefined ? [] : listIn(global, 'secondaries').filter(isJsonObject)),
  ];
}
