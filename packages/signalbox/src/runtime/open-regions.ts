import { callIn, mapsIn } from '../core/in-region.ts';
import type { ServiceCall } from '../core/service.ts';
import type { Registry } from '../endpoint/registry.ts';
import { createSts } from '../endpoint/sts.ts';
import { createBuilds } from '../lambda/build/builds.ts';
import type { Store } from '../store/open-store.ts';
import type { OpenedPlugins } from './open-plugins.ts';
import { type CommonOfRegions, type OwnOfRegion, openRegion } from './open-region.ts';
import { openSharedServices, type SharedServices } from './open-shared-services.ts';
import { createRegions, type Regions } from './regions.ts';
import type { SharedServicesOptions } from './services-options.ts';
import type { Stacks } from './stacks.ts';

/** What the Regions of a rehearsal are opened with. */
export type OpenRegionsOptions = Omit<CommonOfRegions, 'shared' | 'builds' | 'busIn' | 'home'> &
  Pick<SharedServicesOptions, 'postgres' | 'simulatedResources' | 'root'> & {
    readonly stacks: Stacks;
    readonly store: Store;
    readonly call: ServiceCall;
    readonly registry: Registry;
    readonly opened: OpenedPlugins;
  };

/** The Regions of a rehearsal, and the services of all of them. */
export interface OpenedRegions {
  readonly regions: Regions;
  readonly shared: SharedServices;
}

/**
 * Opens the services of all Regions and every Region in which a stack is rehearsed, or something is kept; any
 * other opens when it is first called.
 * @throws {UserError} When what is kept is damaged, or the file of simulated resources is wrong.
 */
export async function openRegions(options: OpenRegionsOptions): Promise<OpenedRegions> {
  const { stacks, store, registry, opened, closers, root } = options;
  const { home } = stacks;
  const regions: Regions = createRegions({
    home,
    ...{ clock: options.clock, limits: options.limits },
    services: registry.services,
    open: (region) => openRegion(ownOf(region, options), { ...common, shared }),
  });
  registry.routeRegions(regions.elsewhere);
  const shared = openSharedServices({
    ...options,
    ...{ region: home, maps: store.maps, simulatedServices: opened.simulatedServices },
    apps: stacks.apps,
    hasSecret: (secretId) =>
      regions.all().some((one) => one.opened.secretsManager.hasSecret(secretId)),
    openIn: regions.busIn,
    hears: (region) => regions.find(region) !== undefined,
  });
  closers.add(shared.simulated.close);
  closers.add(shared.globalTables.close);
  shared.s3.onObjectEvent((event) => void regions.find(event.region)?.bus.publish(event));
  shared.simulated.onEvent((event) => void regions.find(event.region)?.bus.publish(event));
  options.seen.push(shared.simulated.sawCall);
  const builds = createBuilds(root, options.prebuiltDirectory);
  const common = { ...options, home, builds, busIn: regions.busIn };

  const { services } = await regions.open(home);
  const sts = createSts({ accountId: options.accountId });
  for (const one of [...services, ...shared.services, ...opened.services, sts]) registry.add(one);
  for (const { region } of stacks.all) await regions.open(region);
  for (const region of store.regions) await regions.open(region);
  await shared.globalTables.goOn();
  return { regions, shared };
}

/** The app's own Region has the names that there were before others. */
function ownOf(region: string, { stacks, store, call }: OpenRegionsOptions): OwnOfRegion {
  const stack = () => stacks.appIn(region);
  if (region === stacks.home) return { region, call, maps: store.maps, store, stack };
  return {
    region,
    call: callIn(region, call),
    ...{ maps: mapsIn(region, store.maps), store: store.inRegion(region), stack },
  };
}
