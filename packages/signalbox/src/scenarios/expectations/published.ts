import { listOf, mapOf, Text } from '../../core/schema/schema.ts';
import { difference, sortedText } from '../difference.ts';
import { expectationKind } from '../scenario-extension.ts';
import type { Stage } from '../stage.ts';

/** Detail types of the events that come to buses, by their names or logical ids, in any order; not those that the scenario puts. */
export const published = expectationKind(mapOf(listOf(Text)), async (expected, { stage }) => {
  const buses = Object.keys(expected);
  const earlier = new Set(buses.flatMap((bus) => stage.eventsOn(bus).map((one) => one.eventId)));
  return async ({ eventIds }) => {
    const skipped = new Set([...earlier, ...eventIds]);
    const found = Object.fromEntries(buses.map((bus) => [bus, typesOn(stage, bus, skipped)]));
    const differences = buses.flatMap((bus) =>
      difference(
        `events published on ${bus}`,
        sortedText(expected[bus] ?? []),
        sortedText(found[bus] ?? []),
      ),
    );
    return { found, differences };
  };
});

function typesOn(stage: Stage, bus: string, skipped: ReadonlySet<string>): readonly string[] {
  return stage
    .eventsOn(bus)
    .filter(({ eventId }) => !skipped.has(eventId))
    .map(({ detailType }) => detailType);
}
