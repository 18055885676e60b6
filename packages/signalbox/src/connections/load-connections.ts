import type {
  ApiDestinationResource,
  ConnectionResource,
} from '../template/connection-resource.ts';
import { DEFAULT_RATE_LIMIT } from './api/destination-actions.ts';
import { secretNameOf, secretOf } from './connection-secret.ts';
import { type Connections, connectionIdOf } from './connections.ts';

/** The template's resources for connections. */
export interface ConnectionResources {
  readonly connections: readonly ConnectionResource[];
  readonly apiDestinations: readonly ApiDestinationResource[];
}

/** Adds a secret of that name and ARN; one that is there stays as it is. */
export type AddSecret = (secret: {
  readonly name: string;
  readonly arn: string;
  readonly secretString: string;
}) => void;

/**
 * Takes the template's connections and API destinations in place of those before; those of the API
 * stay. As CloudFormation does: credentials that somebody has changed stay, unless the template
 * changes them too.
 */
export async function loadConnections(
  tables: Connections,
  { connections, apiDestinations }: ConnectionResources,
  addSecret: AddSecret,
): Promise<void> {
  dropGone(tables.connections, connections);
  dropGone(tables.destinations, apiDestinations);
  for (const resource of connections) await loadConnection(tables, resource, addSecret);
  for (const resource of apiDestinations) loadDestination(tables, resource);
}

function dropGone(
  table: Map<string, { readonly isOfTemplate: boolean }>,
  wanted: readonly { readonly name: string }[],
): void {
  const names = new Set(wanted.map(({ name }) => name));
  for (const [name, { isOfTemplate }] of table) {
    if (isOfTemplate && !names.has(name)) table.delete(name);
  }
}

async function loadConnection(
  tables: Connections,
  { logicalId: _, ...resource }: ConnectionResource,
  addSecret: AddSecret,
): Promise<void> {
  const { name, arn, secretArn, parameters } = resource;
  const known = tables.connections.get(name);
  const told = JSON.stringify(resource);
  if (known?.told === told) return;
  const secretString = JSON.stringify(secretOf(parameters));
  addSecret({ name: secretNameOf(connectionIdOf(arn)), arn: secretArn, secretString });
  if (known !== undefined) await tables.keepSecret(arn, parameters);
  const now = tables.clock.now();
  tables.connections.set(name, {
    ...resource,
    state: 'AUTHORIZED',
    createdAt: known?.createdAt ?? now,
    modifiedAt: now,
    authorizedAt: now,
    isOfTemplate: true,
    told,
  });
}

function loadDestination(
  { destinations, clock }: Connections,
  { logicalId: _, ...resource }: ApiDestinationResource,
): void {
  const now = clock.now();
  destinations.set(resource.name, {
    ...resource,
    rateLimit: resource.rateLimit ?? DEFAULT_RATE_LIMIT,
    createdAt: destinations.get(resource.name)?.createdAt ?? now,
    modifiedAt: now,
    isOfTemplate: true,
  });
}
