import { randomUUID } from 'node:crypto';
import { connectionActions } from '../connections/api/connection-actions.ts';
import { destinationActions } from '../connections/api/destination-actions.ts';
import { type Connections, createConnections } from '../connections/connections.ts';
import { createFindCredentials } from '../connections/find-credentials.ts';
import {
  createInvokeDestination,
  type InvokeDestination,
} from '../connections/invoke-destination.ts';
import type { Clock } from '../core/clock.ts';
import type { FindCredentials } from '../core/connection-credentials.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Action, ServiceCall } from '../core/service.ts';
import { httpCall } from './http-call.ts';

/** AWS: an API destination, and an authorization server, have five seconds to answer. */
const TIMEOUT_MS = 5_000;

/** The connections of a rehearsal, and what works with them. */
export interface OpenedConnections {
  readonly connections: Connections;
  readonly credentialsOf: FindCredentials;
  readonly invokeDestination: InvokeDestination;
  /** EventBridge's actions on connections and API destinations. */
  readonly actions: Record<string, Action>;
}

/** Opens EventBridge's connections and API destinations. */
export function openConnections(options: {
  readonly call: ServiceCall;
  readonly clock: Clock;
  readonly maps: KeptMaps;
  readonly region: string;
  readonly accountId: string;
}): OpenedConnections {
  const { call, clock } = options;
  const send = httpCall(clock, TIMEOUT_MS);
  const connections = createConnections({ ...options, uuid: randomUUID });
  const credentialsOf = createFindCredentials({ call, clock, send });
  return {
    connections,
    credentialsOf,
    invokeDestination: createInvokeDestination({
      tables: connections,
      send,
      credentialsOf,
      nowMs: () => clock.now().getTime(),
    }),
    actions: { ...connectionActions(connections), ...destinationActions(connections) },
  };
}
