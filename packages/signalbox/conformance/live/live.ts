import type { Rehearsal } from '../../src/create-rehearsal.ts';
import type { CallLive } from './live-api.ts';
import type { Places } from './recorded-place.ts';

/** A rehearsal that plays recordings. */
export interface Live {
  readonly client: Rehearsal['client'];
  readonly call: CallLive;
  readonly places: Places;
  /** Distinguishes what cases of one name make. */
  readonly serial: () => number;
}
