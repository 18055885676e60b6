import type { AccountRegion } from '../core/account-region.ts';
import type { Clock } from '../core/clock.ts';
import type { Recursions } from '../core/recursions.ts';
import type { HistoryStore } from '../history/store.ts';
import type { Activities } from './activities.ts';
import type { DefinitionRules } from './definition.ts';
import type { PortsFactory } from './interpreter.ts';
import type { MapRuns } from './map-runs/map-runs.ts';
import type { MockConfig } from './mocks/mock-config.ts';
import type { Runner } from './runner.ts';
import type { MachineRecord, StateMachines } from './state-machines.ts';
import type { Tags } from './tags.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { OutputShapes } from './test-state/output-shape.ts';
import type { Versions } from './versions.ts';

/** The state that the actions of the API share. */
export interface StatesContext extends AccountRegion {
  readonly clock: Clock;
  readonly store: HistoryStore;
  readonly machines: StateMachines;
  readonly versions: Versions;
  readonly activities: Activities;
  readonly mapRuns: MapRuns;
  readonly tokens: TaskTokens;
  readonly tags: Tags;
  readonly runner: Runner;
  readonly ports: PortsFactory;
  readonly outputShapes: OutputShapes;
  /** The mock configuration, where there is one. */
  readonly mocks?: (() => MockConfig | undefined) | undefined;
  /** Takes a machine away as soon as its executions have ended, and ends them. */
  readonly retire: (machine: MachineRecord) => void;
  /** The client tokens of the last redrives by execution, with their responses. */
  readonly redriveTokens: Map<string, readonly { token: string; redriveDate: Date }[]>;
  /** The most executions that run at once. */
  readonly openExecutions: number;
  readonly recursions: Recursions;
  readonly uuid: () => string;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** The checks of a definition of the type. */
  readonly rulesFor: (type: 'STANDARD' | 'EXPRESS') => DefinitionRules;
}
