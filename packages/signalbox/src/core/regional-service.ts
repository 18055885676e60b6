import type { KeptMaps } from './kept-maps.ts';
import type { Action, Service, ServiceCall } from './service.ts';

/** The options that a service is opened with in each Region. */
export interface RegionalOptions {
  readonly region: string;
  readonly call: ServiceCall;
  readonly maps: KeptMaps;
}

/**
 * Makes a service whose resources belong to Regions: what is made in one is not seen in another.
 * @param home The service of the app's own Region, which answers where no Region is named.
 * @param open Opens the service in another Region, when it is first called there.
 */
export function inEachRegion<Options extends RegionalOptions>(
  home: Service,
  options: Options,
  open: (options: Options) => { readonly service: Service },
): Service {
  const regions = new Map([[options.region, home]]);

  function serviceIn(region = options.region): Service {
    const known = regions.get(region);
    if (known !== undefined) return known;
    const { service } = open(optionsIn(region, options));
    regions.set(region, service);
    return service;
  }

  const routed = (name: string): [string, Action] => [
    name,
    async (input, caller) => (await serviceIn(caller.region).actions[name]?.(input, caller)) ?? {},
  ];
  return { ...home, actions: Object.fromEntries(Object.keys(home.actions).map(routed)) };
}

function optionsIn<Options extends RegionalOptions>(region: string, options: Options): Options {
  return {
    ...options,
    region,
    // Records of the app's own Region keep the names that they had before there were others.
    maps: { map: (name, form) => options.maps.map(`${region}/${name}`, form) },
    call: (service, action, input, caller) =>
      options.call(service, action, input, { region, ...caller }),
  };
}
