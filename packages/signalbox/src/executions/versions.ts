import type { KeptMaps } from '../core/kept-maps.ts';
import {
  type KeptMachine,
  type MachineRecord,
  machineForm,
  type ReadMachine,
} from './state-machines.ts';

/** A state machine as it was when it was published; it never changes. */
export interface MachineVersion {
  readonly arn: string;
  readonly description: string | undefined;
  readonly creationDate: Date;
  readonly machine: MachineRecord;
}

type KeptVersion = Omit<MachineVersion, 'machine'> & { readonly machine: KeptMachine };

/** The share of new executions that goes to a version, in percent. */
export interface VersionRoute {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

/** A name for one version, or for two between which executions are divided. */
export interface MachineAlias {
  readonly arn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly creationDate: Date;
  readonly updateDate: Date;
  readonly routes: readonly VersionRoute[];
}

/** The versions and the aliases of the machines. */
export interface Versions {
  /** Publishes the machine as it is; a revision that is published already returns its version. */
  publish(machine: MachineRecord, description: string | undefined, now: Date): MachineVersion;
  version(arn: string): MachineVersion | undefined;
  /** The newest first. */
  versionsOf(stateMachineArn: string): readonly MachineVersion[];
  removeVersion(arn: string): void;
  alias(arn: string): MachineAlias | undefined;
  /** In the order in which they were made. */
  aliasesOf(stateMachineArn: string): readonly MachineAlias[];
  putAlias(alias: MachineAlias): void;
  removeAlias(arn: string): void;
  /** Takes away what belongs to a machine that is no more. */
  clear(stateMachineArn: string): void;
}

/** AWS's name for the revision of a machine that was never updated. */
export const INITIAL_REVISION = 'INITIAL';

/** The ARN of the machine to which a version or an alias belongs. */
export function machineArnOf(qualifiedArn: string): string {
  return qualifiedArn.split(':').slice(0, 7).join(':');
}

/** Creates the registry, with what was kept. */
export function createVersions(maps: KeptMaps, read: ReadMachine): Versions {
  const { store, restore } = machineForm(read);
  const versions = maps.map<MachineVersion, KeptVersion>('states/versions', {
    store: (version) => ({ ...version, machine: store(version.machine) }),
    restore: (kept) => ({ ...kept, machine: restore(kept.machine) }),
  });
  const aliases = maps.map<MachineAlias>('states/aliases');
  const lastNumbers = maps.map<number>('states/last-versions');
  const ofMachine = <T extends { readonly arn: string }>(
    all: ReadonlyMap<string, T>,
    arn: string,
  ) => [...all.values()].filter((one) => machineArnOf(one.arn) === arn);
  return {
    publish(machine, description, now) {
      const published = ofMachine(versions, machine.arn).find(
        (version) => version.machine.revisionId === machine.revisionId,
      );
      if (published !== undefined) return published;
      // AWS: numbers go up, and that of a deleted version is not given again.
      const number = (lastNumbers.get(machine.arn) ?? 0) + 1;
      lastNumbers.set(machine.arn, number);
      const arn = `${machine.arn}:${number}`;
      const version = { arn, description, creationDate: now, machine };
      versions.set(arn, version);
      return version;
    },
    version: (arn) => versions.get(arn),
    versionsOf: (arn) => ofMachine(versions, arn).reverse(),
    removeVersion: (arn) => void versions.delete(arn),
    alias: (arn) => aliases.get(arn),
    aliasesOf: (arn) => ofMachine(aliases, arn),
    putAlias: (alias) => void aliases.set(alias.arn, alias),
    removeAlias: (arn) => void aliases.delete(arn),
    clear(machineArn) {
      for (const { arn } of ofMachine(versions, machineArn)) versions.delete(arn);
      for (const { arn } of ofMachine(aliases, machineArn)) aliases.delete(arn);
      lastNumbers.delete(machineArn);
    },
  };
}
