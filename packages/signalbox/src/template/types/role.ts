import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { globalArnOf, stableDigits } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Identity, Naming, Reading, ResourceType } from './resource-type.ts';

export const role: ResourceType = {
  type: 'AWS::IAM::Role',
  nameProperty: 'RoleName',
  maxNameLength: 64,
  supported: ['ManagedPolicyArns', 'Path', 'Policies', 'RoleName'],
  inert: [
    'AssumeRolePolicyDocument',
    'Description',
    'MaxSessionDuration',
    'PermissionsBoundary',
    'Tags',
  ],
  identify: ({ name, stack, logicalId, text }) => ({
    physicalId: name,
    ref: name,
    attributes: {
      Arn: globalArnOf(stack, 'iam', `role${text('Path') ?? '/'}${name}`),
      RoleId: `AROA${stableDigits(stack, 17, logicalId).toUpperCase()}`,
    },
  }),
  read: ({ resource, name, identity, properties }) => ({
    roles: [
      {
        logicalId: resource.logicalId,
        arn: identity.attributes['Arn'] ?? '',
        statements: properties.maps('Policies').flatMap(documentStatements),
      },
    ],
    attachments: properties
      .texts('ManagedPolicyArns')
      .map((policyArn) => ({ roleName: name, policyArn, place: resource.place })),
  }),
};

export const policy: ResourceType = {
  type: 'AWS::IAM::Policy',
  supported: ['PolicyDocument', 'PolicyName', 'Roles'],
  inert: ['Groups', 'Users'],
  identify: ({ name }) => ({ physicalId: name, ref: name, attributes: { Id: name } }),
  read: ({ properties }) => {
    const statements = documentStatements(properties);
    return {
      statements: properties.texts('Roles').map((roleName) => ({ roleName, statements })),
    };
  },
};

export const managedPolicy: ResourceType = {
  type: 'AWS::IAM::ManagedPolicy',
  nameProperty: 'ManagedPolicyName',
  maxNameLength: 128,
  supported: ['ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
  inert: ['Description', 'Groups', 'Users'],
  identify: managedPolicyIdentity,
  read: ({ resource, identity, properties }: Reading) => ({
    managedPolicies: [{ arn: identity.ref, statements: documentStatements(properties) }],
    attachments: properties
      .texts('Roles')
      .map((roleName) => ({ roleName, policyArn: identity.ref, place: resource.place })),
  }),
};

function managedPolicyIdentity({ name, stack, text }: Naming): Identity {
  const arn = globalArnOf(stack, 'iam', `policy${text('Path') ?? '/'}${name}`);
  return { physicalId: arn, ref: arn, attributes: { PolicyArn: arn } };
}

/** The statements of a map's PolicyDocument. */
function documentStatements(properties: PropertyReader): readonly Json[] {
  if (!properties.has('PolicyDocument')) {
    properties.refuse('PolicyDocument', 'it needs a PolicyDocument');
    return [];
  }
  const statement = properties.jsonObject('PolicyDocument')?.['Statement'] ?? [];
  return isJsonObject(statement) ? [statement] : listOf(statement);
}

function listOf(json: Json): readonly Json[] {
  return Array.isArray(json) ? json : [];
}
