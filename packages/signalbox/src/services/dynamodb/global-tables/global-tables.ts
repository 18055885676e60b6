import { AwsError } from '../../../core/aws-error.ts';
import type { OnBug } from '../../../core/bugs/own-promise.ts';
import type { Clock } from '../../../core/clock.ts';
import type { KeptMaps } from '../../../core/kept-maps.ts';
import type { SimulatedService } from '../../../core/simulated-service.ts';
import type { Datapoint } from '../../cloudwatch/datapoint.ts';
import { createLinks, type Links } from './links.ts';
import type { Replica } from './replica.ts';
import { createReplicaGroups, type ReplicaGroups } from './replica-groups.ts';
import { createReplicas, type Replicas } from './replicas.ts';
import { latencyOf } from './replication-latency.ts';
import { createReplicator } from './replicator.ts';
import { simulatedGlobalTables } from './simulated-global-tables.ts';
import { createVersionCounter, type VersionCounter } from './version-counter.ts';

/** DynamoDB global tables, version 2019.11.21: tables of several Regions that hold the same items. */
export interface GlobalTables extends Replicas {
  readonly groups: ReplicaGroups;
  readonly links: Links;
  readonly versions: VersionCounter;
  /** Adds a Region whose DynamoDB has opened; what waits for it and in it goes on. */
  join(replica: Replica): void;
  /** Brings the writes of a Region to others. */
  wake(source: string, targets: readonly string[]): void;
  /** Whether a write is on its way that can arrive. */
  isBusy(): boolean;
  /** What a person may see and break. */
  readonly simulated: SimulatedService;
  close(): void;
}

/** What global tables are made of. */
export interface GlobalTablesOptions {
  readonly clock: Clock;
  readonly onBug: OnBug;
  /** Of all Regions. */
  readonly maps?: KeptMaps;
  /** Opens a Region, unless it is open. @throws {AwsError} For what is no Region. */
  readonly openIn: (region: string) => Promise<unknown>;
  /** Takes metrics of a Region. */
  readonly record: (datapoints: readonly Datapoint[], region: string) => void;
}

/** Makes global tables, with those that are kept; their Regions join as they open. */
export function createGlobalTables(options: GlobalTablesOptions): GlobalTables {
  const { clock, openIn, record } = options;
  const nowMs = (): number => clock.now().getTime();
  const groups = createReplicaGroups(options.maps);
  const links = createLinks();
  const replicas = new Map<string, Replica>();
  const replicator = createReplicator({
    ...{ ...options, replicas, links },
    onArrived: (source, write) => record([latencyOf(write, nowMs())], source),
    onRest: () => forgetHeard(groups, replicas),
  });

  async function replicaIn(region: string): Promise<Replica> {
    await openIn(region);
    const replica = replicas.get(region);
    if (replica === undefined) throw new Error(`Region ${region} has no DynamoDB`);
    if (links.isDown(region)) throw regionIsDown(region);
    return replica;
  }

  return {
    ...createReplicas({ groups, replicas, replicaIn, nowMs }),
    ...{ groups, links, versions: createVersionCounter(nowMs) },
    join(replica) {
      replicas.set(replica.region, replica);
      replicator.wakeAll();
    },
    wake(source, targets) {
      for (const target of targets) replicator.wake(source, target);
    },
    isBusy: replicator.isBusy,
    simulated: simulatedGlobalTables({ groups, links, replicas, onMended: replicator.wakeAll }),
    close: replicator.close,
  };
}

/** Of a table whose replicas have all heard everything, nobody asks any more which write was the last. */
async function forgetHeard(
  groups: ReplicaGroups,
  replicas: ReadonlyMap<string, Replica>,
): Promise<void> {
  for (const { tableName, replicas: members } of groups.all()) {
    const logs = members.map(({ region }) => replicas.get(region)?.log);
    const isHeard = members.every(
      ({ status }, at) => status === 'ACTIVE' && logs[at]?.isWaiting(tableName) === false,
    );
    if (isHeard) await Promise.all(logs.map((log) => log?.forgetVersions(tableName)));
  }
}

/** What the API of a Region that is down answers; SDKs try again. */
export function regionIsDown(region: string): AwsError {
  return new AwsError(
    'ServiceUnavailable',
    `DynamoDB is down in ${region}: the fault region-tables was started`,
  );
}
