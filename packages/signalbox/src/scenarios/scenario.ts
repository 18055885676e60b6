import type { BeginExpectation, StepAction } from './scenario-extension.ts';
import type { ScenarioSettings } from './settings.ts';

/** The actions at one time of a scenario. */
export interface ScenarioStep {
  /** A call such as `rds:FailoverDBCluster`: the step happens right after it, and time stands still meanwhile. */
  readonly after: string | undefined;
  /** The Region in which it happens; the app's own unless given. */
  readonly region: string | undefined;
  /** One after the other. */
  readonly actions: readonly StepAction[];
  /** Whether the step lets time pass that somebody had to answer, which needs a clock that skips. */
  readonly timesOut: boolean;
}

/** Something that a scenario must come to. */
export interface NamedExpectation {
  /** The name of its field. */
  readonly name: string;
  /** The Region in which it must be so; the app's own unless given. */
  readonly region: string | undefined;
  readonly begin: BeginExpectation;
}

/** A scenario: what happens, and what must come of it. */
export interface Scenario {
  /** The file's name, without `.json`. */
  readonly name: string;
  /** The file, relative to the project's root. */
  readonly file: string;
  readonly order: number;
  readonly title: string;
  readonly workflow: string | undefined;
  /** Simulated services whose resources are seeded anew. */
  readonly reset: readonly string[];
  readonly settings: ScenarioSettings;
  /** Results of tasks while it plays: a file beside it, and the test case of executions that name none. */
  readonly mocks?: { readonly file: string; readonly testCase?: string | undefined } | undefined;
  readonly steps: readonly ScenarioStep[];
  readonly expect: readonly NamedExpectation[];
}
