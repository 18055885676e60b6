import { placeOfArn } from '../../core/in-region.ts';
import type { App, EventSourceMappingResource } from '../../template/app.ts';
import type { MappingSwitches } from './mapping-switches.ts';

/** All event source mappings: those of the template, and those that were seeded, in any Region. */
export interface EventSourceMappings
  extends Pick<MappingSwitches, 'stateOf' | 'turn' | 'onChange'> {
  inRegion(region: string): readonly EventSourceMappingResource[];
}

/** The app, the Region and the switches of the mappings. */
export interface MappingsOptions {
  readonly region: string;
  readonly app: () => Pick<App, 'eventSourceMappings'>;
  readonly switches: MappingSwitches;
  /** Those around the app, in any Region. */
  readonly seeded: () => readonly EventSourceMappingResource[];
}

/** Makes the mappings of the template, and of what was seeded around it. */
export function createMappings(options: MappingsOptions): EventSourceMappings {
  const { region, app, switches, seeded } = options;
  return {
    stateOf: switches.stateOf,
    turn: switches.turn,
    onChange: switches.onChange,
    inRegion(asked) {
      // AWS: the source and the function of a mapping are in one Region.
      const own = asked === region ? app().eventSourceMappings : [];
      return [
        ...own,
        ...seeded().filter(({ sourceArn }) => placeOfArn(sourceArn).region === asked),
      ];
    },
  };
}
