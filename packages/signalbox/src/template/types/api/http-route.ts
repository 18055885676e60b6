import { stableDigits } from '../../stack.ts';
import { functionNameOf } from '../lambda/event-source-mapping.ts';
import type { HttpRoutePart, Naming, ResourceType } from '../resource-type.ts';
import { authorizerOf, RESOURCE } from './authorizers.ts';

/** A route of an HTTP API that is a resource of its own, as `cdk synth` writes it. */
export const httpRoute: ResourceType = {
  type: 'AWS::ApiGatewayV2::Route',
  supported: [
    'ApiId',
    'AuthorizationScopes',
    'AuthorizationType',
    'AuthorizerId',
    'RouteKey',
    'Target',
  ],
  inert: ['ApiKeyRequired', 'OperationName'],
  identify: withId('RouteId'),
  read: ({ properties }) => {
    const route: HttpRoutePart = {
      apiId: properties.requiredText('ApiId'),
      routeKey: properties.requiredText('RouteKey'),
      integrationId: (properties.text('Target') ?? '').replace(/^integrations\//, ''),
      authorizationType: properties.text('AuthorizationType') ?? 'NONE',
      authorizerId: properties.text('AuthorizerId'),
      scopes: properties.texts('AuthorizationScopes'),
    };
    return { httpRoutes: [route] };
  },
};

/** What a route calls. */
export const httpIntegration: ResourceType = {
  type: 'AWS::ApiGatewayV2::Integration',
  supported: [
    'ApiId',
    'IntegrationSubtype',
    'IntegrationType',
    'IntegrationUri',
    'PayloadFormatVersion',
  ],
  inert: [
    'ConnectionType',
    'CredentialsArn',
    'Description',
    'IntegrationMethod',
    'TimeoutInMillis',
  ],
  refused: {
    RequestParameters: 'it maps no parameters of requests',
    ResponseParameters: 'it maps no parameters of responses',
    RequestTemplates: 'it has no WebSocket APIs',
  },
  identify: withId('IntegrationId'),
  read: ({ identity, properties }) => {
    const uri = properties.text('IntegrationUri') ?? '';
    const version = properties.text('PayloadFormatVersion') ?? '1.0';
    const type = properties.text('IntegrationType') ?? '';
    const subtype = properties.text('IntegrationSubtype');
    const functionArn = /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
    const isFunction = type === 'AWS_PROXY' && /:function:/.test(functionArn);
    const what = subtype ?? (isFunction ? `payload format ${version}` : type);
    return {
      httpIntegrations: [
        {
          id: identity.ref,
          functionName: isFunction ? functionNameOf(functionArn) : '',
          refusal: isFunction && version === '2.0' ? undefined : `integration of ${what}`,
        },
      ],
    };
  },
};

/** An authorizer of an HTTP API that is a resource of its own. */
export const httpAuthorizer: ResourceType = {
  type: 'AWS::ApiGatewayV2::Authorizer',
  supported: [
    'ApiId',
    'AuthorizerPayloadFormatVersion',
    'AuthorizerType',
    'AuthorizerUri',
    'EnableSimpleResponses',
    'IdentitySource',
    'JwtConfiguration',
    'Name',
  ],
  inert: ['AuthorizerCredentialsArn', 'AuthorizerResultTtlInSeconds'],
  identify: withId('AuthorizerId'),
  read: ({ resource, identity, node }) => {
    const use = { name: resource.logicalId, scopes: [] };
    const authorizer = authorizerOf(node, { ...RESOURCE, type: 'AuthorizerType' }, use);
    return { apiAuthorizers: [{ id: identity.ref, authorizer }] };
  },
};

function withId(attribute: string) {
  return ({ stack, logicalId }: Naming) => {
    const id = stableDigits(stack, 7, logicalId);
    return { physicalId: id, ref: id, attributes: { [attribute]: id } };
  };
}
