import { ownPromise } from '../core/bugs/own-promise.ts';
import type { Polling } from '../core/keep-polling.ts';
import {
  type EventSourceOptions,
  startEventSourceMapping,
} from '../lambda/event-sources/event-source-mapping.ts';
import type { EventSourceMappings } from '../lambda/event-sources/mappings.ts';
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
  options: EventSourceOptions &
    StreamMappingOptions & { readonly mappings: Pick<EventSourceMappings, 'stateOf' | 'onChange'> },
): EventSources {
  const { mappings, onBug } = options;
  const running = followWanted();
  let followed: App | undefined;
  /** One change after the other. */
  let following = Promise.resolve();
  const start = (mapping: EventSourceMappingResource, resource: FunctionResource) =>
    mapping.stream === undefined
      ? startEventSourceMapping(options, mapping, resource)
      : startStreamMapping(options, { ...mapping, stream: mapping.stream }, resource);

  function follow(app: App): Promise<void> {
    followed = app;
    following = following.then(() => running.follow(wantedOf(app)));
    return following;
  }

  function wantedOf({ eventSourceMappings, functions }: App): ReadonlyMap<string, () => Polling> {
    const wanted = eventSourceMappings.flatMap((mapping) => {
      const resource = functions.find(({ name }) => name === mapping.functionName);
      if (resource === undefined || mappings.stateOf(mapping) !== 'Enabled') return [];
      const key = JSON.stringify([mapping, resource]);
      return [[key, () => start(mapping, resource)] as const];
    });
    return new Map(wanted);
  }

  mappings.onChange(() => {
    if (followed !== undefined) void ownPromise(follow(followed), onBug);
  });
  return {
    follow,
    stop() {
      followed = undefined;
      return following.then(running.stop);
    },
  };
}
