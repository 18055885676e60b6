import type { OnBug } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Limits } from '../core/limits.ts';
import type { ServiceCall } from '../core/service.ts';
import type { SimulatedService } from '../core/simulated-service.ts';
import type { Store } from '../store/open-store.ts';
import type { App } from '../template/app.ts';

/** The options that a rehearsal's services are opened with. */
export interface ServicesOptions {
  readonly root: string;
  readonly clock: Clock;
  readonly call: ServiceCall;
  readonly onBug: OnBug;
  readonly endpointUrl: string;
  readonly region: string;
  readonly accountId: string;
  /** Where they keep what must outlive the process. */
  readonly store: Store;
  readonly maps: KeptMaps;
  /** The URL of a PostgreSQL that somebody runs, for the Data API; an embedded one unless given. */
  readonly postgres?: string | undefined;
  readonly limits: Limits;
  /** Services with simulated resources that plug-ins add. */
  readonly simulatedServices: readonly SimulatedService[];
  /** The file that seeds the simulated resources, relative to the root; undefined where they start empty. */
  readonly simulatedResources: string | undefined;
  /** The app as it is now. */
  readonly app: () => App;
}
