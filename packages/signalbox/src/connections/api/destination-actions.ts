import type {
  ApiDestination as ApiApiDestination,
  CreateApiDestinationRequest,
  DeleteApiDestinationRequest,
  DescribeApiDestinationRequest,
  ListApiDestinationsRequest,
  UpdateApiDestinationRequest,
} from '@aws-sdk/client-eventbridge';
import { page } from '../../bus/api/page.ts';
import { required } from '../../bus/api/required.ts';
import { AwsError } from '../../core/aws-error.ts';
import { type Action, actions } from '../../core/service.ts';
import { checkEndpoint } from '../check-endpoint.ts';
import { type ApiDestination, connectionOf } from '../connection-table.ts';
import type { Connections } from '../connections.ts';
import { noSuch } from './no-such.ts';

/** AWS: calls a second, where a destination does not say. */
export const DEFAULT_RATE_LIMIT = 300;

/** Makes the actions on API destinations (EventBridge API Reference, CreateApiDestination and the like). */
export function destinationActions(connections: Connections): Record<string, Action> {
  return actions({
    CreateApiDestination: (input: CreateApiDestinationRequest) => create(connections, input),
    UpdateApiDestination: (input: UpdateApiDestinationRequest) => update(connections, input),
    DescribeApiDestination({ Name }: DescribeApiDestinationRequest) {
      const destination = find(connections, Name);
      return { ...shown(connections, destination), Description: destination.description };
    },
    ListApiDestinations: (input: ListApiDestinationsRequest) => list(connections, input),
    DeleteApiDestination({ Name }: DeleteApiDestinationRequest) {
      connections.destinations.delete(find(connections, Name).name);
      return {};
    },
  });
}

function create(connections: Connections, input: CreateApiDestinationRequest): object {
  const { destinations, clock, region, accountId, uuid } = connections;
  const name = required(input.Name, 'name');
  if (destinations.has(name)) {
    throw new AwsError('ResourceAlreadyExistsException', `ApiDestination ${name} already exists.`);
  }
  const now = clock.now();
  const destination: ApiDestination = {
    name,
    arn: `arn:aws:events:${region}:${accountId}:api-destination/${name}/${uuid()}`,
    description: input.Description,
    connectionArn: knownConnection(connections, required(input.ConnectionArn, 'connectionArn')),
    endpoint: endpointOf(required(input.InvocationEndpoint, 'invocationEndpoint')),
    method: required(input.HttpMethod, 'httpMethod'),
    rateLimit: input.InvocationRateLimitPerSecond ?? DEFAULT_RATE_LIMIT,
    ...{ createdAt: now, modifiedAt: now, isOfTemplate: false },
  };
  destinations.set(name, destination);
  return changedAnswer(connections, destination);
}

function update(connections: Connections, input: UpdateApiDestinationRequest): object {
  const known = find(connections, input.Name);
  const { ConnectionArn: connectionArn } = input;
  const destination: ApiDestination = {
    ...known,
    description: input.Description ?? known.description,
    connectionArn:
      connectionArn === undefined
        ? known.connectionArn
        : knownConnection(connections, connectionArn),
    endpoint: endpointOf(input.InvocationEndpoint ?? known.endpoint),
    method: input.HttpMethod ?? known.method,
    rateLimit: input.InvocationRateLimitPerSecond ?? known.rateLimit,
    modifiedAt: connections.clock.now(),
  };
  connections.destinations.set(destination.name, destination);
  return changedAnswer(connections, destination);
}

function list(
  connections: Connections,
  { NamePrefix = '', ConnectionArn, ...asked }: ListApiDestinationsRequest,
): object {
  const found = [...connections.destinations.values()]
    .filter(
      ({ name, connectionArn }) =>
        name.startsWith(NamePrefix) && [undefined, connectionArn].includes(ConnectionArn),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { items, NextToken } = page(found, asked);
  return { ApiDestinations: items.map((one) => shown(connections, one)), NextToken };
}

function find({ destinations }: Connections, name: string | undefined): ApiDestination {
  return destinations.get(required(name, 'name')) ?? noSuch('ApiDestination', name);
}

function endpointOf(url: string): string {
  checkEndpoint('InvocationEndpoint', url);
  return url;
}

function knownConnection(connections: Connections, arn: string): string {
  return connectionOf(connections, arn)?.arn ?? noSuch('Connection', arn);
}

function changedAnswer(connections: Connections, destination: ApiDestination): object {
  const { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime } = shown(
    connections,
    destination,
  );
  return { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime };
}

function shown(connections: Connections, destination: ApiDestination): ApiApiDestination {
  const isActive = connectionOf(connections, destination.connectionArn)?.state === 'AUTHORIZED';
  return {
    ApiDestinationArn: destination.arn,
    Name: destination.name,
    ApiDestinationState: isActive ? 'ACTIVE' : 'INACTIVE',
    ConnectionArn: destination.connectionArn,
    InvocationEndpoint: destination.endpoint,
    HttpMethod: destination.method,
    InvocationRateLimitPerSecond: destination.rateLimit,
    CreationTime: destination.createdAt,
    LastModifiedTime: destination.modifiedAt,
  };
}
