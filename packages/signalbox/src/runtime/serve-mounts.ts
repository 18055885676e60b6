import type { Principals } from '../endpoint/principals.ts';
import type { Mount } from '../endpoint/server.ts';
import { regionConsoles } from './mounts/region-consoles.ts';
import type { OpenedPlugins } from './open-plugins.ts';
import type { Regions } from './regions.ts';
import { type Mounted, rehearsalMounts } from './rehearsal-mounts.ts';

/** What is served beside the AWS protocols. */
export interface ServeMountsOptions
  extends Pick<Mounted, 'home' | 'clock' | 'skippingClock' | 'simulatedResources' | 'endpointUrl'> {
  /** Changed in place: the endpoint looks here at every request. */
  readonly mounts: Mount[];
  readonly plugins: OpenedPlugins;
  readonly regions: Regions;
  readonly principals: Principals;
  readonly onBug: (bug: unknown) => void;
}

/**
 * Serves what does not hang on the template, and returns what serves the APIs of a Region's app in place of
 * those before.
 */
export function serveMounts(
  options: ServeMountsOptions,
): (region: string, apis: readonly Mount[]) => void {
  const { mounts, plugins, regions, principals, home } = options;
  const consoles = (): readonly Mount[] => regions.all().map((region) => region.console);
  const rehearsed = (): readonly string[] =>
    regions.all().flatMap(({ region, stack }) => (stack() === undefined ? [] : [region]));
  const mounted = { ...options, find: regions.find, rehearsed, credentialsFor: principals.issue };
  const fixed = [
    ...plugins.mounts,
    ...consoles().slice(0, 1),
    regionConsoles(home, consoles),
    ...rehearsalMounts(mounted, options.onBug),
  ];
  const ofApps = new Map<string, readonly Mount[]>();
  return (region, apis) => {
    ofApps.set(region, apis);
    mounts.splice(0, mounts.length, ...fixed, ...[...ofApps.values()].flat());
  };
}
