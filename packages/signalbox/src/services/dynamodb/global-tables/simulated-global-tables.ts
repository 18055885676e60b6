import { isRegionName } from '../../../core/in-region.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Fault, SimulatedService } from '../../../core/simulated-service.ts';
import { invalid, UserError } from '../../../core/user-error.ts';
import type { Links } from './links.ts';
import type { Replica } from './replica.ts';
import type { ReplicaGroup, ReplicaGroups } from './replica-groups.ts';

/** The global tables, and what stands between their Regions. */
export interface SimulatedGlobalTablesOptions {
  readonly groups: ReplicaGroups;
  readonly links: Links;
  readonly replicas: ReadonlyMap<string, Replica>;
  /** Notified when Regions are reached again. */
  readonly onMended: () => void;
}

/** Makes what a person may see of global tables and break in them; they are made by API and template alone. */
export function simulatedGlobalTables(options: SimulatedGlobalTablesOptions): SimulatedService {
  const { groups, links } = options;
  return {
    name: 'dynamodb',
    seed(section) {
      refuseMembers(section);
      links.down.clear();
      links.paused.clear();
      options.onMended();
    },
    show: () => ({
      downRegions: [...links.down].sort(),
      pausedRegions: [...links.paused].sort(),
      globalTables: groups.all().map((group) => shown(group, options)),
    }),
    faults: {
      'region-tables': regionFault(options, {
        regions: links.down,
        summary:
          'Takes DynamoDB down in a Region: its API returns 503, and no write gets in or out',
        started: (region) => `DynamoDB is down in ${region}`,
        ended: (regions) => `DynamoDB is up in ${regions}, and what waited is replicated`,
        none: 'DynamoDB was down nowhere',
      }),
      replication: regionFault(options, {
        regions: links.paused,
        summary: 'Pauses the replication of tables to and from a Region, where everybody goes on',
        started: (region) => `replication to and from ${region} is paused`,
        ended: (regions) => `${regions} replicates again, and so does what waited`,
        none: 'replication was paused nowhere',
      }),
    },
  };
}

interface RegionFault {
  readonly regions: Set<string>;
  readonly summary: string;
  readonly started: (region: string) => string;
  readonly ended: (regions: string) => string;
  readonly none: string;
}

function regionFault(
  { groups, onMended }: SimulatedGlobalTablesOptions,
  { regions, summary, started, ended, none }: RegionFault,
): Fault {
  return {
    summary,
    target: 'a Region, by default that of the first global table',
    start(target = groups.all()[0]?.replicas[0]?.region) {
      const region = checked(target);
      regions.add(region);
      return started(region);
    },
    end(target) {
      const mended = target === undefined ? [...regions] : [checked(target)];
      const whole = mended.filter((region) => regions.delete(region));
      onMended();
      return whole.length === 0 ? none : ended(whole.join(', '));
    },
  };
}

function checked(region: string | undefined): string {
  if (region !== undefined && isRegionName(region)) return region;
  const message =
    region === undefined
      ? 'There is no global table: name the Region'
      : `"${region}" is no Region: name one such as us-west-2`;
  throw new UserError('usage', message);
}

function shown(
  { tableName, replicas }: ReplicaGroup,
  { replicas: opened }: SimulatedGlobalTablesOptions,
): JsonObject {
  const waiting = (region: string): number => {
    const { log } = opened.get(region) ?? {};
    const writes = log?.targets().flatMap((target) => log.waitingFor(target)) ?? [];
    return writes.filter((write) => write.tableName === tableName).length;
  };
  return {
    tableName,
    replicas: replicas.map(({ region, status }) => ({
      ...{ region, status },
      // Once for each Region that has yet to hear of it.
      waitingWrites: waiting(region),
    })),
  };
}

function refuseMembers(section: Json): void {
  const names = isJsonObject(section) ? Object.keys(section) : [];
  const message =
    'nothing of DynamoDB is seeded here: tables are made by the template and by its API';
  if (names.length > 0) throw invalid(names.map((name) => ({ path: `dynamodb.${name}`, message })));
}
