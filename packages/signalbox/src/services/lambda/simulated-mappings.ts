import * as v from 'valibot';
import { readSection } from '../../core/schema/read-section.ts';
import { Flag, fields, listOf, Text, textLike } from '../../core/schema/schema.ts';
import type { Fault, SimulatedService } from '../../core/simulated-service.ts';
import { UserError } from '../../core/user-error.ts';
import type { EventSourceMappingResource } from '../../template/app.ts';

const PART = 'lambda';

/** What turns mappings on and off. */
interface Switches {
  stateOf(mapping: EventSourceMappingResource): string;
  /** Keeps a mapping from ever getting through, until it is let go. */
  hold(uuid: string): void;
  letGo(uuid: string): void;
  /** As it was seeded. */
  forget(uuid: string): void;
}

const Section = fields({
  eventSourceMappings: v.optional(
    listOf(
      fields({
        uuid: textLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case'),
        function: Text,
        /** The ARN of a queue or a stream; its Region is the mapping's. */
        source: textLike(
          /^arn:[^:]+:[^:]+:[a-z0-9-]+:\d{12}:.+$/,
          'the ARN of a queue or a stream',
        ),
        enabled: v.optional(Flag, true),
      }),
    ),
    [],
  ),
});

/** Event source mappings around the app, such as those of another stack or Region. They poll nothing. */
export function simulatedMappings(switches: Switches): {
  readonly all: () => readonly EventSourceMappingResource[];
  readonly simulated: SimulatedService;
} {
  let seeded: readonly EventSourceMappingResource[] = [];
  return {
    all: () => seeded,
    simulated: {
      name: PART,
      seed(section) {
        for (const { uuid } of seeded) switches.forget(uuid);
        seeded = readSection(PART, section, Section).eventSourceMappings.map(toMapping);
        for (const { uuid } of seeded) switches.forget(uuid);
      },
      show: () => ({
        eventSourceMappings: Object.fromEntries(
          seeded.map((mapping) => [mapping.uuid, switches.stateOf(mapping)]),
        ),
      }),
      faults: { 'mapping-stuck': stuckFault(switches, () => seeded.map(({ uuid }) => uuid)) },
    },
  };
}

function toMapping(
  section: v.InferOutput<typeof Section>['eventSourceMappings'][number],
): EventSourceMappingResource {
  const { uuid, function: functionName, source: sourceArn, enabled } = section;
  return {
    ...{ logicalId: uuid, uuid, functionName, sourceArn, enabled, batchSize: 10, filters: [] },
    ...{ reportBatchItemFailures: false, maximumConcurrency: undefined, stream: undefined },
  };
}

function stuckFault(switches: Switches, uuids: () => readonly string[]): Fault {
  const aimed = (target: string | undefined): readonly string[] => {
    if (target === undefined || uuids().includes(target)) {
      return target === undefined ? uuids() : [target];
    }
    const choice = uuids().join(', ');
    throw new UserError('usage', `There is no mapping "${target}": choose one of ${choice}`);
  };
  return {
    summary: 'An event source mapping that is turned on or off never gets through',
    target: 'the UUID of a seeded mapping; all of them by default',
    start(target) {
      for (const uuid of aimed(target)) switches.hold(uuid);
      return `turning ${aimed(target).join(', ')} does not end`;
    },
    end(target) {
      for (const uuid of aimed(target)) switches.letGo(uuid);
      return `turning ${aimed(target).join(', ')} ends`;
    },
  };
}
