import type { HttpRoute } from '../../api/http-api-resource.ts';
import { type Node, textOf, valueAt } from '../../document/node.ts';
import { stableDigits } from '../../stack.ts';
import { functionNameOf } from '../lambda/event-source-mapping.ts';
import type { ResourceType } from '../resource-type.ts';
import { operationAccess } from './authorizers.ts';

/** An HTTP API, whose routes are in its body, or resources of their own. */
export const httpApi: ResourceType = {
  type: 'AWS::ApiGatewayV2::Api',
  supported: ['Body', 'ProtocolType'],
  inert: ['Description', 'DisableExecuteApiEndpoint', 'IpAddressType', 'Name', 'Tags'],
  refused: { CorsConfiguration: 'it answers no preflight requests' },
  identify: ({ stack, logicalId }) => {
    const id = stableDigits(stack, 10, logicalId);
    const host = `${id}.execute-api.${stack.region}.amazonaws.com`;
    return { physicalId: id, ref: id, attributes: { ApiId: id, ApiEndpoint: `https://${host}` } };
  },
  read: ({ resource, path, identity, properties, report }) => {
    const protocol = properties.text('ProtocolType') ?? 'HTTP';
    if (protocol !== 'HTTP') {
      const message = `${resource.type} ${resource.logicalId}: the rehearsal serves HTTP APIs only, not ${protocol}`;
      const subject = `APIs of ${protocol}`;
      report.unrehearsed(resource.place, { kind: 'source', subject }, message);
      return {};
    }
    return {
      httpApis: [
        {
          logicalId: resource.logicalId,
          path,
          id: identity.ref,
          routes: routesOf(properties.node('Body')),
        },
      ],
    };
  },
};

export const httpApiStage: ResourceType = {
  type: 'AWS::ApiGatewayV2::Stage',
  supported: ['StageName'],
  inert: [
    'AccessLogSettings',
    'ApiId',
    'AutoDeploy',
    'DefaultRouteSettings',
    'Description',
    'RouteSettings',
    'Tags',
  ],
  identify: ({ name, text }) => {
    const stage = text('StageName') ?? name;
    return { physicalId: stage, ref: stage, attributes: {} };
  },
};

function routesOf(body: Node | undefined): readonly HttpRoute[] {
  return entriesOf(valueAt(body, 'paths')).flatMap(([path, methods]) =>
    entriesOf(methods).flatMap(([method, operation]) => {
      const integration = valueAt(operation, 'x-amazon-apigateway-integration');
      const uri = textOf(valueAt(integration, 'uri')) ?? '';
      const functionArn = /functions\/(.+)\/invocations$/.exec(uri)?.[1];
      if (functionArn === undefined) return [];
      const isAny = method === 'x-amazon-apigateway-any-method';
      return [
        {
          method: isAny ? 'ANY' : method.toUpperCase(),
          path,
          functionName: functionNameOf(functionArn),
          authorizer: operationAccess(body, operation).authorizer,
        },
      ];
    }),
  );
}

function entriesOf(node: Node | undefined): readonly (readonly [string, Node])[] {
  return node?.kind === 'map' ? node.entries.map(({ key, value }) => [key, value]) : [];
}
