import type { Json, JsonObject } from './json.ts';

/**
 * What the rehearsal adds to a service beside its API: how it is seeded, what a person may see of
 * it at a glance, and what can be broken in it.
 */
export interface WorldPart {
  /** The section's name in `rehearsal/simulated-resources.json`, such as `rds`. */
  readonly name: string;
  /**
   * Takes the section of the world file in place of all that is there: at the start, and when
   * somebody wants the world as it was.
   * @throws {UserError} With everything that is wrong with it.
   */
  seed(section: Json): void;
  /** The state at a glance, as `signalbox world show` prints it. */
  show(): JsonObject;
  /** What can be broken here, by names such as `database`. */
  readonly faults: Readonly<Record<string, Fault>>;
}

/** Something that goes wrong on demand, and can be mended. */
export interface Fault {
  /** One sentence for the list of faults, in the third person. */
  readonly summary: string;
  /** What it may be aimed at, such as a cluster's identifier; undefined where there is no choice. */
  readonly target?: string;
  /** Starts the fault; the answer says what is broken now. @throws {UserError} `usage` for an unknown target. */
  start(target: string | undefined): string;
  /** Ends it; the answer says what is whole again. */
  end(target: string | undefined): string;
}
