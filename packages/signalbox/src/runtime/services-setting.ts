import type { Clock } from '../core/clock.ts';
import type { ServiceCall } from '../core/service.ts';
import type { App } from '../template/app.ts';

/** What the services stand on. */
export interface ServicesSetting {
  readonly root: string;
  readonly clock: Clock;
  readonly call: ServiceCall;
  readonly endpointUrl: string;
  readonly region: string;
  readonly accountId: string;
  /** Keeps the tables across restarts; undefined means in memory. */
  readonly storeDirectory: string | undefined;
  /** The app as it is now. */
  readonly app: () => App;
}
