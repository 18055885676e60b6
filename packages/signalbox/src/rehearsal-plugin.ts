import type { OutputSchemaFile } from './cli/output-schema-file.ts';
import type { ConsolePage } from './console/server/console-page.ts';
import type { Clock } from './core/clock.ts';
import type { KeptMaps } from './core/kept-maps.ts';
import type { Service, ServiceCall } from './core/service.ts';
import type { SimulatedService } from './core/simulated-service.ts';
import type { StackPlace } from './core/stack-place.ts';
import type { Mount } from './endpoint/server.ts';
import type { ScenarioExtension } from './scenarios/scenario-extension.ts';
import type { App } from './template/app.ts';

/** Reads names at the place of a stack: a rehearsal, or AWS. */
export type ReadPlaceNames = (place: StackPlace) => Promise<readonly string[]>;

/** An execution of a list, as ListExecutions of AWS returns it. */
export interface ListedExecution {
  readonly executionArn?: string | undefined;
  readonly stateMachineArn?: string | undefined;
}

/**
 * Reads the ids by which people know executions, such as a failover's, by the executions' ARNs. It is given
 * what is listed, and need not know all of it.
 */
export type ReadExecutionIds = (
  place: StackPlace,
  executions: readonly ListedExecution[],
) => Promise<ReadonlyMap<string, string>>;

/** The part of a plug-in that takes part in rehearsals. */
export interface RehearsalPlugin {
  /** Names the plug-in in messages. */
  readonly name: string;
  /** Seed files beside those that `package.json` names, relative to the project's root. */
  readonly seeds?: readonly string[];
  /** Loads what it adds to the fields of scenario files, when scenarios are read. */
  readonly scenarios?: () => Promise<ScenarioExtension>;
  /** Loads its pages of the console, when somebody looks: of a rehearsal, or of an account. */
  readonly pages?: () => Promise<readonly ConsolePage[]>;
  /**
   * Loads what reads the names of a kind, such as `scenario`: shells complete them where a command takes an
   * argument of that name.
   */
  readonly names?: Readonly<Record<string, () => Promise<ReadPlaceNames>>>;
  /** Loads what reads the ids of executions: `ls` shows them, and commands take them for an execution. */
  readonly executionIds?: () => Promise<ReadExecutionIds>;
  /** Loads the JSON Schemas of what its commands print with `--json`; `signalbox schema` prints them. */
  readonly outputs?: () => Promise<OutputSchemaFile>;
  /** Opens the plug-in for one rehearsal; a process may run several. */
  open?(rehearsal: PluginRehearsal): OpenedPlugin;
}

/** The rehearsal that a plug-in is opened for. */
export interface PluginRehearsal {
  /** The URL under which the rehearsal serves, such as `http://127.0.0.1:4700`. */
  readonly url: string;
  readonly region: string;
  readonly accountId: string;
  /** The rehearsal's time, which may skip its waits. */
  readonly clock: Clock;
  /** Keeps the plug-in's records, with `--store` across restarts; names begin with the plug-in's own. */
  readonly maps: KeptMaps;
  /** Calls an action of a service, as the tasks of workflows do. */
  readonly call: ServiceCall;
  /** The app as it is now: every resource of the template, with its physical name. */
  app(): App;
  /** The text of a secret of the template by its logical id; undefined where there is none. */
  secretText(logicalId: string): string | undefined;
  /** The same of the stacks of all Regions, the app's own first. */
  secretTexts(logicalId: string): readonly string[];
}

/** The additions of a plug-in to one rehearsal. */
export interface OpenedPlugin {
  /** HTTP handlers, each under a prefix of its own, such as `/sandbox/payments`. */
  readonly mounts?: readonly Mount[];
  /** Services that speak AWS's protocols beside those of the tool. */
  readonly services?: readonly Service[];
  /** Services with simulated resources beside those of the tool: seeded, shown, broken on demand. */
  readonly simulatedServices?: readonly SimulatedService[];
}
