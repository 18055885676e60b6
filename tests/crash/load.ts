import type { Random } from '../failovers/random.ts';
import type { CrashStage } from './crash-stage.ts';

/** A kind of load, and the books of what its callers were told is accepted. */
export interface Load {
  readonly name: string;
  /** Makes what it needs, before anything is killed. */
  prepare(): Promise<void>;
  /** The calls in their order; each load is a caller of its own. */
  readonly steps: readonly (() => Promise<void>)[];
  /** Does what a person or a worker would do meanwhile, such as to approve. */
  attend?(): Promise<void>;
  /** Says what is not as it must be, once all has come to rest; nothing where all is well. */
  wrongs(): Promise<readonly string[]>;
}

/** What a load is made with. */
export interface LoadOptions {
  readonly stage: CrashStage;
  readonly random: Random;
  /** Sets the names of a run apart, such as `run-7`. */
  readonly run: string;
}

/** Makes the numbers from 0 on. */
export function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
