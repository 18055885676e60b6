import { ownMember } from '../../../core/names/own-member.ts';
import { ENGINE_PORTS } from '../model/db-cluster.ts';
import { joinGlobal, makeCluster, makeGlobal, makeInstance } from '../model/make-databases.ts';
import type { RdsContext } from '../model/rds-context.ts';
import type { ClusterSection, GlobalSection, RdsSection } from './rds-section.ts';

const DAY_MS = 86_400_000;

/** Makes the databases of a section in a context that has none. */
export function seedDatabases(rds: RdsContext, section: RdsSection): void {
  rds.timings = section.timings;
  for (const cluster of section.clusters) seedCluster(rds, cluster);
  for (const global of section.globalClusters) seedGlobal(rds, global, section.clusters);
}

function seedCluster(rds: RdsContext, section: ClusterSection): void {
  const { engine, engineVersion, writer } = section;
  const createdAt = bornAt(rds, section);
  const cluster = makeCluster(rds, {
    ...section,
    createdAt,
    settings: {
      engine,
      engineVersion,
      port: ownMember(ENGINE_PORTS, engine) ?? 0,
      masterUsername: 'administrator',
      databaseName: undefined,
      isEncrypted: true,
    },
  });
  for (const instance of section.instances) {
    const isWriter = instance.identifier === writer;
    makeInstance(rds, cluster, { ...instance, createdAt, isWriter, status: undefined });
  }
}

function seedGlobal(
  rds: RdsContext,
  { identifier, members }: GlobalSection,
  clusters: readonly ClusterSection[],
): void {
  const global = makeGlobal(rds, identifier);
  for (const { region, cluster: name } of members) {
    const section = clusters.find((one) => one.region === region && one.identifier === name);
    if (section === undefined) throw new Error(`Unchecked member: ${name} in ${region}`);
    joinGlobal(global, rds.store.cluster(region, name), bornAt(rds, section));
  }
}

/** The databases were there before the rehearsal began, and so were their metrics. */
function bornAt({ clock }: RdsContext, { ageDays }: ClusterSection): Date {
  return new Date(clock.now().getTime() - ageDays * DAY_MS);
}
