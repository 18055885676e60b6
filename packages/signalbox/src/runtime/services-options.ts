import type { OnBug } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Limits } from '../core/limits.ts';
import type { ServiceCall } from '../core/service.ts';
import type { SimulatedService } from '../core/simulated-service.ts';
import type { RegionStore, Store } from '../store/open-store.ts';
import type { App } from '../template/app.ts';

/** The options that services are opened with, be they of all Regions or of one. */
interface CommonOptions {
  readonly clock: Clock;
  readonly call: ServiceCall;
  readonly onBug: OnBug;
  readonly endpointUrl: string;
  readonly region: string;
  readonly accountId: string;
  readonly maps: KeptMaps;
  readonly limits: Limits;
}

/** The options that the services of a Region are opened with. */
export interface RegionServicesOptions extends CommonOptions {
  /** Where they keep what must outlive the process. */
  readonly store: RegionStore;
  /** The app of the Region as it is now; undefined where there is no stack. */
  readonly app: () => App | undefined;
}

/** The options that the services of all Regions are opened with; the Region is the app's own. */
export interface SharedServicesOptions extends CommonOptions {
  readonly root: string;
  readonly store: Store;
  /** The URL of a PostgreSQL that somebody runs, for the Data API; an embedded one unless given. */
  readonly postgres?: string | undefined;
  /** Services with simulated resources that plug-ins add. */
  readonly simulatedServices: readonly SimulatedService[];
  /** The file that seeds the simulated resources, relative to the root; undefined where they start empty. */
  readonly simulatedResources: string | undefined;
  /** The apps of all Regions as they are now. */
  readonly apps: () => readonly App[];
  /** Whether any Region has a secret of a name or ARN. */
  readonly hasSecret: (secretId: string) => boolean;
  /** Opens a Region, unless it is open. @throws {AwsError} For what is no Region. */
  readonly openIn: (region: string) => Promise<unknown>;
  /** Whether another Region than the app's own has buses, since it is open. */
  readonly hears: (region: string) => boolean;
}
