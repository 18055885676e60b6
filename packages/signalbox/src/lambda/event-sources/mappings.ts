import { placeOfArn } from '../../core/in-region.ts';
import type { App, EventSourceMappingResource } from '../../template/app.ts';
import type { MappingSwitches } from './mapping-switches.ts';

/** The event source mappings of a Region: those of its template, and those that were seeded there. */
export interface EventSourceMappings
  extends Pick<MappingSwitches, 'stateOf' | 'turn' | 'onChange'> {
  all(): readonly EventSourceMappingResource[];
}

/** The app, the Region and the switches of the mappings. */
export interface MappingsOptions {
  readonly region: string;
  readonly app: () => Pick<App, 'eventSourceMappings'>;
  readonly switches: MappingSwitches;
  /** Those around the app, in any Region. */
  readonly seeded: () => readonly EventSourceMappingResource[];
}

/** Makes the mappings of a Region. */
export function createMappings(options: MappingsOptions): EventSourceMappings {
  const { region, app, switches, seeded } = options;
  return {
    stateOf: switches.stateOf,
    turn: switches.turn,
    onChange: switches.onChange,
    // AWS: the source and the function of a mapping are in one Region.
    all: () => [
      ...app().eventSourceMappings,
      ...seeded().filter(({ sourceArn }) => placeOfArn(sourceArn).region === region),
    ],
  };
}
