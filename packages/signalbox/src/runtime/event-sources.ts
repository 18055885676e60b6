import {
  type EventSourceOptions,
  startEventSourceMapping,
} from '../lambda/event-sources/event-source-mapping.ts';
import {
  type StreamMappingOptions,
  startStreamMapping,
} from '../lambda/event-sources/stream-mapping.ts';
import type { App, EventSourceMappingResource, FunctionResource } from '../template/app.ts';
import { followWanted } from './follow-wanted.ts';

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
  const running = followWanted();
  const start = (mapping: EventSourceMappingResource, resource: FunctionResource) =>
    mapping.stream === undefined
      ? startEventSourceMapping(options, mapping, resource)
      : startStreamMapping(options, { ...mapping, stream: mapping.stream }, resource);

  return {
    follow({ eventSourceMappings, functions }) {
      const wanted = eventSourceMappings.flatMap((mapping) => {
        const resource = functions.find(({ name }) => name === mapping.functionName);
        if (resource === undefined || !mapping.enabled) return [];
        const key = JSON.stringify([mapping, resource]);
        return [[key, () => start(mapping, resource)] as const];
      });
      return running.follow(new Map(wanted));
    },
    stop: () => running.stop(),
  };
}
