import type { Clock } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import { resourceNamed } from '../core/logical-name.ts';
import type { Service, ServiceCall } from '../core/service.ts';
import type { SimulatedService } from '../core/simulated-service.ts';
import type { Mount } from '../endpoint/server.ts';
import type { PluginRehearsal, RehearsalPlugin } from '../rehearsal-plugin.ts';
import type { App } from '../template/app.ts';

/** The additions of all plug-ins to a rehearsal. */
export interface OpenedPlugins {
  readonly mounts: readonly Mount[];
  readonly services: readonly Service[];
  readonly simulatedServices: readonly SimulatedService[];
}

/** The view of a rehearsal that plug-ins are given. */
export interface PluginsOptions {
  readonly endpointUrl: string;
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly maps: KeptMaps;
  readonly call: ServiceCall;
  readonly app: () => App;
  /** The apps of all Regions. */
  readonly apps: () => readonly App[];
}

/** Opens the plug-ins for one rehearsal. */
export function openPlugins(
  plugins: readonly RehearsalPlugin[],
  options: PluginsOptions,
): OpenedPlugins {
  const { endpointUrl: url, region, accountId, clock, maps, call, app, apps } = options;
  const rehearsal: PluginRehearsal = {
    ...{ url, region, accountId, clock, maps, call, app },
    secretText: (logicalId) => secretTextIn(app(), logicalId),
    secretTexts: (logicalId) => apps().flatMap((one) => secretTextIn(one, logicalId) ?? []),
  };
  const opened = plugins.map((plugin) => plugin.open?.(rehearsal) ?? {});
  return {
    mounts: opened.flatMap(({ mounts = [] }) => mounts),
    services: opened.flatMap(({ services = [] }) => services),
    simulatedServices: opened.flatMap(({ simulatedServices = [] }) => simulatedServices),
  };
}

function secretTextIn({ secrets }: App, logicalId: string): string | undefined {
  return resourceNamed(secrets, logicalId)?.secretString;
}
