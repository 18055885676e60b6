import { type KeptMaps, unkeptMaps } from '../../../core/kept-maps.ts';

/** A table in one Region that is part of a global table. */
export interface ReplicaRecord {
  readonly region: string;
  readonly status: 'CREATING' | 'ACTIVE';
  /** The Region whose table it was made of; undefined of the first table. */
  readonly madeFrom: string | undefined;
  /** When another replica was last made of it, in Unix milliseconds. */
  readonly lastSourceMs: number | undefined;
}

/** A global table: tables of one name, in two Regions or more. */
export interface ReplicaGroup {
  readonly id: string;
  readonly tableName: string;
  readonly replicas: readonly ReplicaRecord[];
}

/** Which tables are global, and where their replicas are. */
export interface ReplicaGroups {
  all(): readonly ReplicaGroup[];
  /** The global table that the table of a Region is part of. */
  find(region: string, tableName: string): ReplicaGroup | undefined;
  /** The other Regions of a table's global table. */
  peersOf(region: string, tableName: string): readonly string[];
  /** Adds a replica that is being made of the table in another Region. */
  add(
    tableName: string,
    place: { readonly from: string; readonly to: string },
    nowMs: number,
  ): void;
  /** Says that a replica has all items of the table that it was made of. */
  isFilled(region: string, tableName: string): void;
  /** Takes a Region's replica out; a table that is left alone is no global one any more. */
  remove(region: string, tableName: string): void;
}

/** Opens the record of global tables, with those that are kept. */
export function createReplicaGroups(maps: KeptMaps = unkeptMaps): ReplicaGroups {
  const groups = maps.map<ReplicaGroup>('dynamodb/global-tables');

  function find(region: string, tableName: string): ReplicaGroup | undefined {
    for (const group of groups.values()) {
      if (group.tableName === tableName && recordIn(group, region) !== undefined) return group;
    }
    return undefined;
  }

  function change(group: ReplicaGroup, replicas: readonly ReplicaRecord[]): void {
    if (replicas.length < 2) groups.delete(group.id);
    else groups.set(group.id, { ...group, replicas });
  }

  return {
    all: () => [...groups.values()],
    find,
    peersOf(region, tableName) {
      const others = find(region, tableName)?.replicas.map((replica) => replica.region) ?? [];
      return others.filter((other) => other !== region);
    },
    add(tableName, { from, to }, nowMs) {
      const first = { region: from, status: 'ACTIVE', madeFrom: undefined } as const;
      const found = find(from, tableName);
      // The Regions of two global tables of one name have nothing in common.
      const id = found?.id ?? `${tableName}/${from}/${nowMs}`;
      const replicas = found?.replicas ?? [{ ...first, lastSourceMs: nowMs }];
      change({ id, tableName, replicas }, [
        ...replicas.map((one) => (one.region === from ? { ...one, lastSourceMs: nowMs } : one)),
        { region: to, status: 'CREATING', madeFrom: from, lastSourceMs: undefined },
      ]);
    },
    isFilled(region, tableName) {
      const group = find(region, tableName);
      if (group === undefined) return;
      change(
        group,
        group.replicas.map((one) => (one.region === region ? { ...one, status: 'ACTIVE' } : one)),
      );
    },
    remove(region, tableName) {
      const group = find(region, tableName);
      if (group === undefined) return;
      change(
        group,
        group.replicas.filter((one) => one.region !== region),
      );
    },
  };
}

/** The record of the replica in a Region. */
export function recordIn(group: ReplicaGroup, region: string): ReplicaRecord | undefined {
  return group.replicas.find((replica) => replica.region === region);
}
