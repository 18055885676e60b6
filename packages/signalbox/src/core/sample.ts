import type { Json } from './json.ts';

/** An example of what a function or a bus is given: a JSON file of the project. */
export interface Sample {
  /** The file's name without its ending, such as `parcel-returned`. */
  readonly name: string;
  /** Relative to the root of the project. */
  readonly path: string;
  readonly text: string;
  readonly value: Json;
}
