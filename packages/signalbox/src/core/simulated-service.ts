import type { Json, JsonObject } from './json.ts';

/**
 * The simulated resources of one service, beside its API: how they are seeded, what a person may see
 * of them at a glance, and what can be broken in them.
 */
export interface SimulatedService {
  /** The section's name in the project's file of simulated resources, such as `rds`. */
  readonly name: string;
  /**
   * Takes its section of the file in place of all that is there: at the start, and at a reset.
   * An empty object stands for a section that is not there. `readSection` reads it.
   * @throws {UserError} With everything that is wrong with it.
   */
  seed(section: Json): void;
  /** The state at a glance, as `signalbox resources show` prints it. */
  show(): JsonObject;
  /** The faults that can be started here, by names such as `database`. */
  readonly faults: Readonly<Record<string, Fault>>;
}

/** Something that goes wrong on demand, and can be mended. */
export interface Fault {
  /** One sentence for the list of faults, in the third person. */
  readonly summary: string;
  /** Its possible targets, such as a cluster's identifier; undefined where there is no choice. */
  readonly target?: string;
  /** Starts the fault and returns what is broken now. @throws {UserError} `usage` for an unknown target. */
  start(target: string | undefined): string;
  /** Ends it and returns what is whole again. */
  end(target: string | undefined): string;
}
