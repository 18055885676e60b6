import type { RestRoute } from '../../api/rest-api-resource.ts';
import { type Node, textOf, valueAt } from '../../document/node.ts';
import { arnOf, stableDigits } from '../../stack.ts';
import type { Reading, ResourceType } from '../resource-type.ts';
import { authorizerOf, operationAccess, RESOURCE } from './authorizers.ts';
import { integrationOf, METHOD, OPEN_API } from './rest-integration.ts';

/** A REST API, whose routes are in its body, or resources of their own. */
export const restApi: ResourceType = {
  type: 'AWS::ApiGateway::RestApi',
  supported: ['Body', 'BodyS3Location'],
  inert: [
    'ApiKeySourceType',
    'BinaryMediaTypes',
    'Description',
    'DisableExecuteApiEndpoint',
    'EndpointConfiguration',
    'FailOnWarnings',
    'MinimumCompressionSize',
    'Mode',
    'Name',
    'Parameters',
    'Policy',
    'Tags',
  ],
  identify: ({ stack, logicalId }) => {
    const id = stableDigits(stack, 10, logicalId);
    const attributes = { RestApiId: id, RootResourceId: rootOf(id) };
    return { physicalId: id, ref: id, attributes };
  },
  read: (reading) => {
    const { resource, path, identity } = reading;
    const routes = routesOf(bodyOf(reading));
    const api = { logicalId: resource.logicalId, path, id: identity.ref, routes, keys: [] };
    return { restApis: [api] };
  },
};

/** A part of a path. */
export const restResource: ResourceType = {
  type: 'AWS::ApiGateway::Resource',
  supported: ['ParentId', 'PathPart', 'RestApiId'],
  inert: [],
  identify: ({ stack, logicalId }) => {
    const id = stableDigits(stack, 6, logicalId);
    return { physicalId: id, ref: id, attributes: { ResourceId: id } };
  },
  read: ({ identity, properties }) => ({
    restResources: [
      {
        id: identity.ref,
        parentId: properties.requiredText('ParentId'),
        pathPart: properties.requiredText('PathPart'),
      },
    ],
  }),
};

/** A method at a path. */
export const restMethod: ResourceType = {
  type: 'AWS::ApiGateway::Method',
  supported: [
    'ApiKeyRequired',
    'AuthorizationScopes',
    'AuthorizationType',
    'AuthorizerId',
    'HttpMethod',
    'Integration',
    'ResourceId',
    'RestApiId',
  ],
  inert: [
    'MethodResponses',
    'OperationName',
    'RequestModels',
    'RequestParameters',
    'RequestValidatorId',
  ],
  identify: ({ name }) => ({ physicalId: name, ref: name, attributes: {} }),
  read: ({ properties }) => ({
    restMethods: [
      {
        apiId: properties.requiredText('RestApiId'),
        resourceId: properties.requiredText('ResourceId'),
        method: properties.requiredText('HttpMethod'),
        integration: integrationOf(properties.node('Integration'), METHOD),
        authorizationType: properties.text('AuthorizationType') ?? 'NONE',
        authorizerId: properties.text('AuthorizerId'),
        scopes: properties.texts('AuthorizationScopes'),
        needsKey: properties.flag('ApiKeyRequired') === true,
      },
    ],
  }),
};

/** An authorizer that is a resource of its own. */
export const restAuthorizer: ResourceType = {
  type: 'AWS::ApiGateway::Authorizer',
  supported: [
    'AuthorizerUri',
    'IdentitySource',
    'IdentityValidationExpression',
    'Name',
    'ProviderARNs',
    'RestApiId',
    'Type',
  ],
  inert: ['AuthType', 'AuthorizerCredentials', 'AuthorizerResultTtlInSeconds'],
  identify: ({ stack, logicalId }) => {
    const id = stableDigits(stack, 6, logicalId);
    return { physicalId: id, ref: id, attributes: { AuthorizerId: id } };
  },
  read: ({ resource, identity, node }) => {
    const use = { name: resource.logicalId, scopes: [] };
    return {
      apiAuthorizers: [{ id: identity.ref, authorizer: authorizerOf(node, RESOURCE, use) }],
    };
  },
};

/** A key that admits to routes that need one. */
export const apiKey: ResourceType = {
  type: 'AWS::ApiGateway::ApiKey',
  supported: ['Enabled', 'Value'],
  inert: ['CustomerId', 'Description', 'GenerateDistinctId', 'Name', 'StageKeys', 'Tags'],
  identify: ({ stack, logicalId }) => {
    const id = stableDigits(stack, 10, logicalId);
    return { physicalId: id, ref: id, attributes: { APIKeyId: id } };
  },
  // AWS draws a key without a Value: here it is its id.
  read: ({ identity, properties }) => ({
    apiKeys: properties.flag('Enabled') === false ? [] : [properties.text('Value') ?? identity.ref],
  }),
};

/** What stands between a REST API and its callers, and does nothing here. */
export const restStage: ResourceType = {
  type: 'AWS::ApiGateway::Stage',
  supported: [],
  inert: 'all',
  // Every API has stages of its own, so that several may have one name.
  identify: ({ name, text }) => {
    const stage = text('StageName') ?? name;
    return { physicalId: stage, ref: stage, attributes: {} };
  },
};

export const restDeployment: ResourceType = {
  type: 'AWS::ApiGateway::Deployment',
  supported: [],
  inert: 'all',
  identify: ({ stack, logicalId }) => {
    const id = stableDigits(stack, 6, logicalId);
    return { physicalId: id, ref: id, attributes: { DeploymentId: id } };
  },
};

/** The account's role for the logs of its APIs. */
export const restAccount: ResourceType = {
  type: 'AWS::ApiGateway::Account',
  supported: [],
  inert: 'all',
  identify: ({ stack, logicalId }) => {
    const id = stableDigits(stack, 6, logicalId);
    return { physicalId: id, ref: id, attributes: { Id: id, Arn: arnOf(stack, 'apigateway', id) } };
  },
};

/** The id of the resource that stands for `/`. */
export function rootOf(apiId: string): string {
  return `${apiId}root`;
}

/** The document of the API, in the template or in a file of the project. */
function bodyOf({ properties, files, report }: Reading): Node | undefined {
  const location = properties.node('BodyS3Location');
  if (location === undefined) return properties.node('Body');
  const written = textOf(location);
  const key = textOf(valueAt(location, 'Key')) ?? written?.replace(/^s3:\/\//, '');
  const isFile = written !== undefined && !/^(s3|https?):/.test(written);
  const path = isFile ? files.relative(written) : files.asset(key ?? '');
  if (path === undefined) {
    const message = `AWS::ApiGateway::RestApi: its document ${key ?? ''} is not on this machine`;
    const remark = { kind: 'source', subject: `document ${key ?? ''}` } as const;
    report.unrehearsed(location.place, remark, message);
    return undefined;
  }
  const text = files.read(path, properties.placeOf('BodyS3Location'));
  return text === undefined
    ? undefined
    : files.documents.parse({ file: path, text, dialect: 'template' }, report);
}

function routesOf(body: Node | undefined): readonly RestRoute[] {
  const paths = valueAt(body, 'paths');
  return entriesOf(paths).flatMap(({ key: path, value: methods }) =>
    entriesOf(methods).flatMap(({ key, value }) => {
      const integration = valueAt(value, 'x-amazon-apigateway-integration');
      if (integration === undefined) return [];
      const method = key === 'x-amazon-apigateway-any-method' ? 'ANY' : key.toUpperCase();
      const access = operationAccess(body, value);
      return [{ method, path, integration: integrationOf(integration, OPEN_API), ...access }];
    }),
  );
}

function entriesOf(node: Node | undefined) {
  return node?.kind === 'map' ? node.entries : [];
}
