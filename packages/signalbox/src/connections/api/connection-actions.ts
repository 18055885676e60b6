import type {
  Connection as ApiConnection,
  ConnectionAuthorizationType,
  CreateConnectionRequest,
  DeauthorizeConnectionRequest,
  DeleteConnectionRequest,
  DescribeConnectionRequest,
  ListConnectionsRequest,
  UpdateConnectionAuthRequestParameters,
  UpdateConnectionRequest,
} from '@aws-sdk/client-eventbridge';
import { page } from '../../bus/api/page.ts';
import { required } from '../../bus/api/required.ts';
import { AwsError } from '../../core/aws-error.ts';
import { type Action, actions } from '../../core/service.ts';
import { checkEndpoint } from '../check-endpoint.ts';
import type { Connection } from '../connection-table.ts';
import type { Connections } from '../connections.ts';
import { publicParameters } from '../public-parameters.ts';
import { noSuch } from './no-such.ts';

/** Makes the actions on connections (EventBridge API Reference, CreateConnection and the like). */
export function connectionActions(connections: Connections): Record<string, Action> {
  return actions({
    CreateConnection: (input: CreateConnectionRequest) => createConnection(connections, input),
    UpdateConnection: (input: UpdateConnectionRequest) => updateConnection(connections, input),
    DescribeConnection: ({ Name }: DescribeConnectionRequest) => {
      const connection = find(connections, Name);
      return {
        ...summaryOf(connection),
        Description: connection.description,
        SecretArn: connection.secretArn,
        AuthParameters: publicParameters(connection.parameters),
      };
    },
    ListConnections: (input: ListConnectionsRequest) => listConnections(connections, input),
    DeauthorizeConnection: async ({ Name }: DeauthorizeConnectionRequest) => {
      const connection = find(connections, Name);
      await connections.dropSecret(connection);
      const changed = { ...connection, state: 'DEAUTHORIZED' as const, parameters: {} };
      return changedAnswer(kept(connections, changed));
    },
    DeleteConnection: async ({ Name }: DeleteConnectionRequest) => {
      const connection = find(connections, Name);
      if (connection.state !== 'DEAUTHORIZED') await connections.dropSecret(connection);
      connections.connections.delete(connection.name);
      return { ...changedAnswer(connection), ConnectionState: 'DELETING' };
    },
  });
}

async function createConnection(
  connections: Connections,
  { Name, Description, AuthorizationType, AuthParameters }: CreateConnectionRequest,
): Promise<object> {
  const name = required(Name, 'name');
  const type = required(AuthorizationType, 'authorizationType');
  const parameters = checked(type, required(AuthParameters, 'authParameters'));
  if (connections.connections.has(name)) {
    throw new AwsError('ResourceAlreadyExistsException', `Connection ${name} already exists.`);
  }
  const { region, accountId, uuid, clock } = connections;
  const arn = `arn:aws:events:${region}:${accountId}:connection/${name}/${uuid()}`;
  const secretArn = await connections.keepSecret(arn, parameters);
  const now = clock.now();
  const connection: Connection = {
    ...{ name, arn, secretArn, description: Description, type, parameters },
    ...{ createdAt: now, modifiedAt: now, authorizedAt: now },
    state: 'AUTHORIZED',
    isOfTemplate: false,
  };
  connections.connections.set(name, connection);
  return changedAnswer(connection);
}

async function updateConnection(
  connections: Connections,
  { Name, Description, AuthorizationType, AuthParameters }: UpdateConnectionRequest,
): Promise<object> {
  const known = find(connections, Name);
  const type = AuthorizationType ?? known.type;
  const before = type === known.type ? known.parameters : {};
  const parameters = checked(type, mergedParameters(before, AuthParameters ?? {}));
  const secretArn = await connections.keepSecret(known.arn, parameters);
  const changed: Connection = {
    ...{ ...known, secretArn, type, parameters, description: Description ?? known.description },
    state: 'AUTHORIZED',
    authorizedAt: connections.clock.now(),
  };
  return changedAnswer(kept(connections, changed));
}

type Parameters = UpdateConnectionAuthRequestParameters;

/** What a request leaves out of its credentials stays as it was. */
function mergedParameters(before: Parameters, given: Parameters): Parameters {
  const { ApiKeyAuthParameters: key, BasicAuthParameters: basic, OAuthParameters: oauth } = given;
  const client = { ...before.OAuthParameters?.ClientParameters, ...oauth?.ClientParameters };
  return {
    ...before,
    ...given,
    ...(key && { ApiKeyAuthParameters: { ...before.ApiKeyAuthParameters, ...key } }),
    ...(basic && { BasicAuthParameters: { ...before.BasicAuthParameters, ...basic } }),
    ...(oauth && {
      OAuthParameters: { ...before.OAuthParameters, ...oauth, ClientParameters: client },
    }),
  };
}

function listConnections(
  { connections }: Connections,
  { NamePrefix = '', ConnectionState, ...asked }: ListConnectionsRequest,
): object {
  const found = [...connections.values()]
    .filter(
      ({ name, state }) =>
        name.startsWith(NamePrefix) && [undefined, state].includes(ConnectionState),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { items, NextToken } = page(found, asked);
  return { Connections: items.map(summaryOf), NextToken };
}

function kept({ connections, clock }: Connections, changed: Connection): Connection {
  const now = { ...changed, modifiedAt: clock.now() };
  connections.set(now.name, now);
  return now;
}

function find({ connections }: Connections, name: string | undefined): Connection {
  return connections.get(required(name, 'name')) ?? noSuch('Connection', name);
}

const PARAMETERS_OF: Readonly<Record<ConnectionAuthorizationType, string>> = {
  API_KEY: 'ApiKeyAuthParameters',
  BASIC: 'BasicAuthParameters',
  OAUTH_CLIENT_CREDENTIALS: 'OAuthParameters',
};

/** @throws {AwsError} Where the parameters are not those of the type, or what is not rehearsed. */
function checked(
  type: ConnectionAuthorizationType,
  parameters: UpdateConnectionAuthRequestParameters,
): UpdateConnectionAuthRequestParameters {
  if (parameters.ConnectivityParameters !== undefined) {
    throw new AwsError(
      'ValidationException',
      'The rehearsal has no private APIs: leave out ConnectivityParameters.',
    );
  }
  const { AuthorizationEndpoint } = parameters.OAuthParameters ?? {};
  if (AuthorizationEndpoint !== undefined) {
    checkEndpoint('AuthorizationEndpoint', AuthorizationEndpoint);
  }
  const others = Object.values(PARAMETERS_OF).filter((name) => name !== PARAMETERS_OF[type]);
  const given = Object.entries(parameters).flatMap(([name, value]) => (value ? [name] : []));
  if (given.includes(PARAMETERS_OF[type]) && !given.some((name) => others.includes(name))) {
    return parameters;
  }
  throw new AwsError(
    'ValidationException',
    `Parameter AuthParameters is not valid. Reason: Authorization type ${type} takes ${PARAMETERS_OF[type]}.`,
  );
}

function changedAnswer(connection: Connection): object {
  const { ConnectionArn, ConnectionState, CreationTime, LastModifiedTime, LastAuthorizedTime } =
    summaryOf(connection);
  return { ConnectionArn, ConnectionState, CreationTime, LastModifiedTime, LastAuthorizedTime };
}

function summaryOf({ name, arn, type, state, ...times }: Connection): ApiConnection {
  return {
    Name: name,
    ConnectionArn: arn,
    ConnectionState: state,
    AuthorizationType: type,
    CreationTime: times.createdAt,
    LastModifiedTime: times.modifiedAt,
    LastAuthorizedTime: times.authorizedAt,
  };
}
