import type { Json, JsonObject } from '../core/json.ts';

/**
 * The variables of one scope. A branch of a Parallel or an iteration of a Map reads those outside
 * and assigns its own, which end with it.
 */
export class Variables {
  #values: JsonObject;

  constructor(values: JsonObject = {}) {
    this.#values = values;
  }

  /** All that an expression may read here. */
  get values(): JsonObject {
    return this.#values;
  }

  assign(assigned: Readonly<Record<string, Json>>): void {
    this.#values = { ...this.#values, ...assigned };
  }

  /** A scope inside this one; what is assigned there stays there. */
  inner(): Variables {
    return new Variables(this.#values);
  }
}
