import { checkKeys } from '../check-keys.ts';
import {
  listNode,
  type MapNode,
  mapNode,
  type Node,
  nodeOf,
  textNode,
  textOf,
  valueAt,
} from '../document/node.ts';
import type { Resource } from '../sections.ts';
import { type Connected, connectedBy, filledText } from './connected.ts';
import { type ConnectorProfile, connectorProfile } from './connector-profile.ts';
import type { Expanding } from './expanding.ts';
import { generate } from './generate.ts';

export const CONNECTOR = 'AWS::Serverless::Connector';

/** A connector of the template, or one that is embedded in its source. */
export interface Connector {
  /** What the ids of the generated resources begin with. */
  readonly resource: Resource;
  readonly source: MapNode;
  readonly destinations: readonly MapNode[];
  readonly permissions: readonly string[];
}

/** Reads the connectors that a resource is or embeds. */
export function connectorsOf(resource: Resource, expanding: Expanding): readonly Connector[] {
  if (!expanding.isLive(resource)) return [];
  if (resource.type === CONNECTOR) return readConnector(resource, undefined, expanding);
  const embedded = resource.connectors?.kind === 'map' ? resource.connectors.entries : [];
  return embedded.flatMap(({ key, place, value }) => {
    const given = valueAt(value, 'Properties');
    const properties = given?.kind === 'map' ? given : mapNode({}, place);
    const own = { ...resource, logicalId: resource.logicalId + key, properties, place };
    const Qualifier = valueAt(valueAt(properties, 'SourceReference'), 'Qualifier');
    const source = mapNode({ Id: textNode(resource.logicalId, place), Qualifier }, place);
    return readConnector(own, source, expanding);
  });
}

function readConnector(
  resource: Resource,
  owner: MapNode | undefined,
  { report }: Expanding,
): readonly Connector[] {
  const { properties, logicalId, place } = resource;
  const what = `Connector ${logicalId}`;
  const known = [owner === undefined ? 'Source' : 'SourceReference', 'Destination', 'Permissions'];
  checkKeys(properties, { what, known }, report);
  const source = owner ?? valueAt(properties, 'Source');
  const destination = valueAt(properties, 'Destination');
  const items = destination?.kind === 'list' ? destination.items : [destination];
  const destinations = items.filter((item): item is MapNode => item?.kind === 'map');
  const permissions = textsOf(valueAt(properties, 'Permissions'));
  if (source?.kind !== 'map' || destinations.length === 0 || permissions.length === 0) {
    report.at(place, `${what} needs a Source, a Destination and Permissions`);
    return [];
  }
  return [{ resource, source, destinations, permissions }];
}

function textsOf(node: Node | undefined): readonly string[] {
  return node?.kind === 'list' ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

/**
 * Writes the policies that a connector gives (AWS SAM Developer Guide, "Managing resource permissions
 * with AWS SAM connectors").
 * @param resources All of the template, SAM's expanded.
 */
export function expandConnector(
  connector: Connector,
  resources: readonly Resource[],
  expanding: Expanding,
): readonly Resource[] {
  const { source, destinations } = connector;
  return destinations.flatMap((destination, index) => {
    const suffix = destinations.length > 1 ? `Destination${index}` : '';
    const from = connectedBy(source, resources);
    const to = connectedBy(destination, resources);
    const ends = [
      { end: from, reference: source },
      { end: to, reference: destination },
    ];
    for (const { end, reference } of ends) {
      if (end === undefined) refuseReference(connector, reference, resources, expanding);
    }
    if (from === undefined || to === undefined) return [];
    const profile = connectorProfile(from.type, to.type);
    if (profile === undefined) return remarkPair(connector, from, to, expanding);
    if (!fits(connector, profile, expanding)) return [];
    const connection = { connector, profile, from, to, suffix, source, destination };
    return policyOf(connection, expanding);
  });
}

/** A connector's source and one of its destinations. */
interface Connection {
  readonly connector: Connector;
  readonly profile: ConnectorProfile;
  readonly from: Connected;
  readonly to: Connected;
  readonly suffix: string;
  readonly source: Node;
  readonly destination: Node;
}

function policyOf(connection: Connection, { report }: Expanding): readonly Resource[] {
  const { profile, from, to, source, destination } = connection;
  const { resource } = connection.connector;
  const { place } = resource;
  const made = (kind: string, type: string, properties: Record<string, Node | undefined>) =>
    generate(resource, resource.logicalId + kind + connection.suffix, type, properties);
  const PolicyDocument = documentOf(connection);
  switch (profile.gives) {
    case 'queue policy': {
      const Queues = listNode(to.queueUrl === undefined ? [] : [to.queueUrl], place);
      return [made('QueuePolicy', 'AWS::SQS::QueuePolicy', { PolicyDocument, Queues })];
    }
    case 'topic policy': {
      const Topics = listNode(to.arn === undefined ? [] : [to.arn], place);
      return [made('TopicPolicy', 'AWS::SNS::TopicPolicy', { PolicyDocument, Topics })];
    }
    case 'permission': {
      const Action = textNode('lambda:InvokeFunction', place);
      const Principal = textNode(profile.principal ?? '', place);
      const properties = { Action, FunctionName: to.arn, Principal };
      return [made('WriteLambdaPermission', 'AWS::Lambda::Permission', properties)];
    }
    default: {
      const isOfSource = profile.gives === 'role of source';
      const role = isOfSource ? from.roleName(destination) : to.roleName(source);
      if (role === undefined) {
        const side = isOfSource ? 'Source' : 'Destination';
        const message = `Connector ${resource.logicalId}: the ${side} has no role of this template that could get the permissions`;
        report.unrehearsed(
          place,
          { kind: 'policy', subject: 'connectors without a role' },
          message,
        );
        return [];
      }
      const Roles = listNode([role], place);
      return [made('Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument, Roles })];
    }
  }
}

function documentOf({ connector, profile, from, to }: Connection): Node {
  const { permissions, resource } = connector;
  const { place } = resource;
  const connected = { Source: from, Destination: to };
  const text = (one: string): Node => filledText(one, connected, place);
  const statements = permissions.flatMap((permission) => profile.access[permission] ?? []);
  const Statement = statements.map(({ actions, resources }) =>
    mapNode(
      {
        Effect: textNode('Allow', place),
        Action: nodeOf(actions.split(' '), place),
        Resource: listNode(resources.split(' ').map(text), place),
        ...(profile.principal !== undefined && {
          Principal: nodeOf({ Service: profile.principal }, place),
          Condition: mapNode(
            { ArnEquals: mapNode({ 'aws:SourceArn': text('%{Source.Arn}') }, place) },
            place,
          ),
        }),
      },
      place,
    ),
  );
  const Version = textNode('2012-10-17', place);
  return mapNode({ Version, Statement: listNode(Statement, place) }, place);
}

function fits(
  { permissions, resource }: Connector,
  { access, together }: ConnectorProfile,
  { report }: Expanding,
): boolean {
  const known = Object.keys(access);
  const wrong = permissions.find((permission) => !known.includes(permission));
  const isAllowed = together?.includes([...permissions].sort().join(' ')) ?? true;
  if (wrong === undefined && isAllowed) return true;
  const wanted = wrong === undefined ? (together ?? []).join(' or ') : known.join(', ');
  report.at(resource.place, `Connector ${resource.logicalId}: Permissions may be ${wanted}`);
  return false;
}

function refuseReference(
  { resource }: Connector,
  reference: MapNode,
  resources: readonly Resource[],
  { report }: Expanding,
): void {
  const id = textOf(valueAt(reference, 'Id'));
  const what = `Connector ${resource.logicalId}`;
  if (id === undefined)
    report.at(reference.place, `${what} names a resource by its Id, or by its Type`);
  else {
    const names = resources.map(({ logicalId }) => logicalId);
    report.missing(reference.place, `${what}: the template has no resource ${id}`, id, names);
  }
}

function remarkPair(
  { resource }: Connector,
  from: Connected,
  to: Connected,
  { report }: Expanding,
): readonly Resource[] {
  const subject = `connectors from ${from.type} to ${to.type}`;
  const message = `Connector ${resource.logicalId}: SAM knows no ${subject}`;
  report.unrehearsed(resource.place, { kind: 'policy', subject }, message);
  return [];
}
