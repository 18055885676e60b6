import {
  type EventSourceOptions,
  type RunningMapping,
  startEventSourceMapping,
} from '../lambda/event-sources/event-source-mapping.ts';
import {
  type StreamMappingOptions,
  startStreamMapping,
} from '../lambda/event-sources/stream-mapping.ts';
import type { App, EventSourceMappingResource, FunctionResource } from '../template/app.ts';

/** The event source mappings of a rehearsal. */
export interface EventSources {
  /** Starts, stops and restarts mappings, so that those of the template run. */
  follow(app: App): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the event source mappings; none runs yet. */
export function createEventSources(
  options: EventSourceOptions & StreamMappingOptions,
): EventSources {
  const running = new Map<string, RunningMapping>();

  function start(mapping: EventSourceMappingResource, resource: FunctionResource): RunningMapping {
    const { stream } = mapping;
    return stream === undefined
      ? startEventSourceMapping(options, mapping, resource)
      : startStreamMapping(options, { ...mapping, stream }, resource);
  }

  async function stopAllBut(wanted: ReadonlySet<string>): Promise<void> {
    const gone = [...running].filter(([key]) => !wanted.has(key));
    for (const [key] of gone) running.delete(key);
    await Promise.all(gone.map(([, mapping]) => mapping.stop()));
  }

  return {
    async follow({ eventSourceMappings, functions }) {
      const wanted = new Map(
        eventSourceMappings.flatMap((mapping) => {
          const resource = functions.find(({ name }) => name === mapping.functionName);
          if (resource === undefined || !mapping.enabled) return [];
          return [[JSON.stringify([mapping, resource]), { mapping, resource }] as const];
        }),
      );
      await stopAllBut(new Set(wanted.keys()));
      for (const [key, { mapping, resource }] of wanted) {
        if (!running.has(key)) running.set(key, start(mapping, resource));
      }
    },
    stop: () => stopAllBut(new Set()),
  };
}
