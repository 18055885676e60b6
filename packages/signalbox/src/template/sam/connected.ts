import {
  entryOf,
  type MapNode,
  mapNode,
  type Node,
  type NodePlace,
  textNode,
  textOf,
  valueAt,
} from '../document/node.ts';
import type { Resource } from '../sections.ts';
import { getAttNode, refNode } from './generate.ts';

/** A resource that a connector connects, as its policies name it. */
export interface Connected {
  /** Undefined where it is named by its properties alone. */
  readonly logicalId: string | undefined;
  readonly type: string;
  readonly arn: Node | undefined;
  /** Gives the name of the role that it acts with, in a connection with another. */
  roleName(other: Node): Node | undefined;
  readonly queueUrl: Node | undefined;
  /** What `%{Source.…}` or `%{Destination.…}` stands for. */
  readonly members: Readonly<Record<string, Node | undefined>>;
}

const CLOUDFORMATION_TYPES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

/** Types whose `Ref` is their ARN. */
const REF_IS_ARN = [
  'AWS::AppSync::DataSource',
  'AWS::AppSync::GraphQLApi',
  'AWS::SNS::Topic',
  'AWS::StepFunctions::StateMachine',
];

/** The properties that hold the ARN of a resource's role. */
const ROLES: Readonly<Record<string, string>> = {
  'AWS::AppSync::DataSource': 'ServiceRoleArn',
  'AWS::Lambda::Function': 'Role',
  'AWS::StepFunctions::StateMachine': 'RoleArn',
};

/**
 * Finds what a connector's `Source` or `Destination` names.
 * @param resources All of the template, SAM's expanded.
 * @returns Undefined where it names no resource of the template.
 */
export function connectedBy(
  reference: MapNode,
  resources: readonly Resource[],
): Connected | undefined {
  const id = textOf(valueAt(reference, 'Id'));
  const resource = resources.find(({ logicalId }) => logicalId === id);
  if (id === undefined) return byProperties(reference);
  return resource && byId(resource, valueAt(reference, 'Qualifier'), reference.place);
}

function byProperties(reference: MapNode): Connected | undefined {
  const type = textOf(valueAt(reference, 'Type'));
  if (type === undefined) return undefined;
  const own = (name: string): Node | undefined => valueAt(reference, name);
  return {
    logicalId: undefined,
    type: CLOUDFORMATION_TYPES[type] ?? type,
    arn: own('Arn'),
    roleName: () => own('RoleName'),
    queueUrl: own('QueueUrl'),
    members: {
      Arn: own('Arn'),
      Name: own('Name'),
      ResourceId: own('ResourceId'),
      Qualifier: own('Qualifier'),
    },
  };
}

function byId(resource: Resource, qualifier: Node | undefined, place: NodePlace): Connected {
  const { logicalId, type } = resource;
  const ref = refNode(logicalId, place);
  const arn = REF_IS_ARN.includes(type) ? ref : getAttNode(logicalId, 'Arn', place);
  const isGraph = type === 'AWS::AppSync::GraphQLApi';
  return {
    logicalId,
    type,
    arn,
    roleName: (other) => roleNameOf(resource, other),
    queueUrl: ref,
    members: {
      Arn: arn,
      Name: getAttNode(logicalId, 'Name', place),
      ResourceId: isGraph ? getAttNode(logicalId, 'ApiId', place) : ref,
      Qualifier: qualifier ?? textNode('*', place),
    },
  };
}

function roleNameOf(resource: Resource, other: Node): Node | undefined {
  const property = ROLES[resource.type];
  const roleArn =
    property === undefined ? roleOfTarget(resource, other) : valueAt(resource.properties, property);
  const roleId = referredBy(roleArn);
  return roleArn && roleId ? refNode(roleId, roleArn.place) : undefined;
}

/** A rule acts with the role of the target that is the destination. */
function roleOfTarget({ type, properties }: Resource, other: Node): Node | undefined {
  const targets = type === 'AWS::Events::Rule' ? valueAt(properties, 'Targets') : undefined;
  const otherId = textOf(valueAt(other, 'Id'));
  const items = targets?.kind === 'list' ? targets.items : [];
  const target = items.find((item) => referredBy(valueAt(item, 'Arn')) === otherId);
  return valueAt(target, 'RoleArn');
}

/** The logical id in `Ref` or `Fn::GetAtt`. */
function referredBy(node: Node | undefined): string | undefined {
  const ref = textOf(valueAt(node, 'Ref'));
  if (ref !== undefined) return ref;
  const getAtt = entryOf(node, 'Fn::GetAtt')?.value;
  return getAtt?.kind === 'list' ? textOf(getAtt.items[0]) : textOf(getAtt)?.split('.')[0];
}

/** Writes a text in which `%{Source.Arn}` and the like stand for what the resources are. */
export function filledText(
  text: string,
  connected: Readonly<Record<'Source' | 'Destination', Connected>>,
  place: NodePlace,
): Node {
  const variables: Record<string, Node | undefined> = {};
  const filled = text.replace(
    /%\{(Source|Destination)\.(\w+)\}/g,
    (_whole, side: 'Source' | 'Destination', member: string) => {
      variables[side + member] = connected[side].members[member];
      return `\${${side}${member}}`;
    },
  );
  const [only] = Object.entries(variables);
  if (only !== undefined && filled === `\${${only[0]}}` && only[1] !== undefined) return only[1];
  const items = [textNode(filled, place), mapNode(variables, place)];
  return mapNode({ 'Fn::Sub': { kind: 'list', items, place } }, place);
}
