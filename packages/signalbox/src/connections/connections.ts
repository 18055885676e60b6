import type { UpdateConnectionAuthRequestParameters } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { ServiceCall } from '../core/service.ts';
import { secretNameOf, secretOf } from './connection-secret.ts';
import {
  type Connection,
  type ConnectionTables,
  openConnectionTables,
} from './connection-table.ts';

/** The services and place that connections are kept with. */
export interface ConnectionsOptions {
  readonly call: ServiceCall;
  readonly clock: Pick<Clock, 'now'>;
  readonly maps: KeptMaps;
  readonly region: string;
  readonly accountId: string;
  readonly uuid: () => string;
}

/** The connections and API destinations, and what the API's actions need to change them. */
export interface Connections extends ConnectionTables, ConnectionsOptions {
  /** Keeps the credentials of a connection in its secret; returns the secret's ARN. */
  keepSecret(arn: string, parameters: UpdateConnectionAuthRequestParameters): Promise<string>;
  /** Removes the secret of a connection. */
  dropSecret(connection: Pick<Connection, 'arn'>): Promise<void>;
}

/** AWS: EventBridge makes the secrets of its connections itself. */
const EVENTBRIDGE = { arn: 'events.amazonaws.com' };

/** Opens the connections and API destinations of EventBridge. */
export function createConnections(options: ConnectionsOptions): Connections {
  const { call, maps, region } = options;
  const caller = { ...EVENTBRIDGE, region };
  return {
    ...options,
    ...openConnectionTables(maps),
    async keepSecret(arn, parameters) {
      const Name = secretNameOf(connectionIdOf(arn));
      const SecretString = JSON.stringify(secretOf(parameters));
      const made = await call(
        'secretsmanager',
        'CreateSecret',
        { Name, SecretString },
        caller,
      ).catch((error: unknown) => {
        if (!isThere(error)) throw error;
        return call('secretsmanager', 'PutSecretValue', { SecretId: Name, SecretString }, caller);
      });
      const { ARN } = { ARN: undefined, ...made };
      return String(ARN);
    },
    async dropSecret({ arn }) {
      const input = {
        SecretId: secretNameOf(connectionIdOf(arn)),
        ForceDeleteWithoutRecovery: true,
      };
      await call('secretsmanager', 'DeleteSecret', input, caller);
    },
  };
}

function isThere(error: unknown): boolean {
  return error instanceof AwsError && error.name === 'ResourceExistsException';
}

/** The `<name>/<id>` of a connection's ARN. */
export function connectionIdOf(arn: string): string {
  return arn.slice(arn.indexOf(':connection/') + ':connection/'.length);
}
