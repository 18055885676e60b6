import type {
  ApiDestinationHttpMethod,
  ConnectionAuthorizationType,
  ConnectionState,
  UpdateConnectionAuthRequestParameters,
} from '@aws-sdk/client-eventbridge';
import type { KeptMaps } from '../core/kept-maps.ts';

/** A connection: who may call an HTTP API, and how. */
export interface Connection {
  readonly name: string;
  /** `arn:…:connection/<name>/<id>`. */
  readonly arn: string;
  readonly secretArn: string;
  readonly description: string | undefined;
  readonly type: ConnectionAuthorizationType;
  readonly state: ConnectionState;
  /** As they were given; nobody is shown the secret ones. */
  readonly parameters: UpdateConnectionAuthRequestParameters;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly authorizedAt: Date | undefined;
  readonly isOfTemplate: boolean;
  /** What the template said of it last. */
  readonly told?: string;
}

/** An API destination: an HTTP endpoint that rules may have as a target. */
export interface ApiDestination {
  readonly name: string;
  /** `arn:…:api-destination/<name>/<id>`. */
  readonly arn: string;
  readonly description: string | undefined;
  readonly connectionArn: string;
  /** A URL, with `*` where a target's path parameters go. */
  readonly endpoint: string;
  readonly method: ApiDestinationHttpMethod;
  /** Calls a second. */
  readonly rateLimit: number;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly isOfTemplate: boolean;
}

/** The connections and API destinations of an account and Region, by name. */
export interface ConnectionTables {
  readonly connections: Map<string, Connection>;
  readonly destinations: Map<string, ApiDestination>;
}

/** Opens the tables, with what was kept in them. */
export function openConnectionTables(maps: KeptMaps): ConnectionTables {
  return {
    connections: maps.map('events/connections'),
    destinations: maps.map('events/api-destinations'),
  };
}

/** Finds a connection by its ARN. */
export function connectionOf(
  { connections }: ConnectionTables,
  arn: string,
): Connection | undefined {
  return [...connections.values()].find((one) => one.arn === arn);
}

/** Finds an API destination by its ARN. */
export function destinationOf(
  { destinations }: ConnectionTables,
  arn: string,
): ApiDestination | undefined {
  return [...destinations.values()].find((one) => one.arn === arn);
}
