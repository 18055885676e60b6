import type { Json, JsonObject } from '../../src/core/json.ts';

/** A recording of AWS's response, or a truth of our own in the same form. */
export interface RecordedCase {
  readonly id: string;
  readonly kind: string;
  readonly tier?: string;
  /** Day first: `21-09-2023, 13:08:20`. */
  readonly recordedDate?: string;
  readonly definition: Json;
  readonly input: Json;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly features?: readonly string[];
  readonly stateTypes?: readonly string[];
  readonly setup?: readonly JsonObject[];
  readonly substitutions?: readonly Substitution[];
  readonly parallelNormalised?: boolean;
  readonly expectedStatus: string;
  readonly expectedOutput?: Json;
  readonly expectedError?: Json;
  readonly expectedCause?: Json;
  /** The types of the events, where the details don't matter. */
  readonly expectedTypes?: readonly string[];
  /** From the first event to the last, on a clock where chance is always 0.5. */
  readonly expectedSeconds?: number;
  readonly expectedHistory?: readonly JsonObject[];
  readonly expectedEndEvent?: JsonObject;
  readonly expectedTestState?: JsonObject;
  readonly expectedException?: JsonObject;
  readonly op?: string;
  readonly args?: JsonObject;
  readonly mockConfig?: JsonObject;
  readonly mockTestCase?: string;
  readonly stateMachineName?: string;
  /**
   * Results of tasks by state name, in the order of attempts, where no history says them:
   * `{ Return }` or `{ Throw: { Error, Cause } }`. `<State>.waitForTaskToken` is the result of its token.
   */
  readonly answers?: Readonly<Record<string, readonly JsonObject[]>>;
}

/** The text that a token stands for in the recording. */
export interface Substitution {
  readonly regex?: string;
  readonly replacement?: string;
}
