import type { Bus } from '../bus/bus.ts';
import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import { isRegionName } from '../core/in-region.ts';
import type { Limits } from '../core/limits.ts';
import type { FindElsewhere, ServicesByName } from '../endpoint/registry.ts';
import type { OpenedRegion } from './open-region.ts';

/** The Regions of a rehearsal: the app's own first, the others as they are rehearsed or first called. */
export interface Regions {
  /** Those that are open, the app's own first. */
  all(): readonly OpenedRegion[];
  find(region: string): OpenedRegion | undefined;
  /** @throws {Error} When it is not open. */
  mustFind(region: string): OpenedRegion;
  /** Opens a Region, which is empty unless a stack is rehearsed there; one that is open stays as it is. */
  open(region: string): Promise<OpenedRegion>;
  /**
   * The default bus of a Region and those beside it, which opens as `open` does.
   * @throws {AwsError} For what is no Region, or where too many are open.
   */
  busIn(region: string): Promise<Bus>;
  /** The services of another Region, for the registry. */
  readonly elsewhere: FindElsewhere;
}

/** What Regions are opened by. */
export interface RegionsOptions {
  /** The app's own. */
  readonly home: string;
  readonly clock: Clock;
  readonly open: (region: string) => Promise<OpenedRegion>;
  readonly limits: Pick<Limits, 'regions'>;
  /** The services that were added, of all Regions and of the app's own; all are there when another opens. */
  readonly services: ServicesByName;
}

/** Makes the Regions of a rehearsal; none is open yet. */
export function createRegions(options: RegionsOptions): Regions {
  const { home, clock, open, limits, services } = options;
  const opening = new Map<string, Promise<OpenedRegion>>();
  const opened = new Map<string, OpenedRegion>();
  const byName = new Map<string, ServicesByName>();
  const ofRegions = new Set<string>();

  async function openNow(region: string): Promise<OpenedRegion> {
    const release = clock.hold();
    try {
      const made = await open(region);
      opened.set(region, made);
      const own = made.services.map((service) => [service.name, service] as const);
      if (region === home) for (const [name] of own) ofRegions.add(name);
      byName.set(region, new Map([...services, ...own]));
      return made;
    } catch (error) {
      opening.delete(region);
      throw error;
    } finally {
      release();
    }
  }

  function openOnce(region: string): Promise<OpenedRegion> {
    const known = opening.get(region) ?? openNow(region);
    opening.set(region, known);
    return known;
  }

  /** Opens a Region that somebody asks for, who may have made its name up. */
  function openAsked(region: string): Promise<OpenedRegion> {
    if (!isRegionName(region)) throw noRegion(region);
    if (!opening.has(region) && opening.size >= limits.regions) throw tooMany(region, limits);
    return openOnce(region);
  }

  async function servicesIn(region: string): Promise<ServicesByName> {
    await openAsked(region);
    return byName.get(region) ?? services;
  }

  return {
    all: () => [...opened.values()],
    find: (region) => opened.get(region),
    mustFind(region) {
      const found = opened.get(region);
      if (found === undefined) throw new Error(`Region ${region} is not open`);
      return found;
    },
    open: openOnce,
    busIn: async (region) => (await openAsked(region)).bus,
    elsewhere(region, service) {
      return region === home || !ofRegions.has(service) ? undefined : servicesIn(region);
    },
  };
}

/** A name that AWS could not have opens nothing. */
function noRegion(region: string): AwsError {
  return new AwsError(
    'InvalidSignatureException',
    `Credential should be scoped to a valid region, not '${region}'.`,
  );
}

/** AWS answers a Region that the account has not enabled by this name. */
function tooMany(region: string, { regions }: Pick<Limits, 'regions'>): AwsError {
  return new AwsError(
    'UnrecognizedClientException',
    `${region} is not opened: ${regions} Regions are open already, as many as signalbox.limits.regions of package.json allows`,
  );
}
