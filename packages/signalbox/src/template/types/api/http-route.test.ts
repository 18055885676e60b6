import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../../temporary-project.ts';

const FUNCTION =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:decide/invocations';

const apiWith = (integration: string, route = ''): string => `Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: HTTP } }
  I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, ${integration} } }
  J:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties: { ApiId: !Ref Api, Name: j, AuthorizerType: JWT, IdentitySource: [$request.header.Auth], JwtConfiguration: { Issuer: https://i, Audience: [app] } }
  L:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties: { ApiId: !Ref Api, Name: l, AuthorizerType: REQUEST, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, IdentitySource: [$request.header.Auth], AuthorizerUri: '${FUNCTION}' }
  R:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Api, RouteKey: GET /orders, Target: !Join [/, [integrations, !Ref I]]${route} }
  D: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: $default, Target: !Sub 'integrations/\${I}' } }
`;

const LAMBDA =
  "IntegrationType: AWS_PROXY, PayloadFormatVersion: '2.0', IntegrationUri: 'arn:aws:lambda:eu-west-1:1:function:serve'";

const routesOf = (template: string) => appOf(template, {}).httpApis[0]?.routes;

describe('a route that is a resource of its own, as cdk synth writes it', () => {
  test('leads to its function', () => {
    expect(routesOf(apiWith(LAMBDA))).toEqual([
      { method: 'GET', path: '/orders', functionName: 'serve', authorizer: 'NONE' },
      { method: 'ANY', path: '$default', functionName: 'serve', authorizer: 'NONE' },
    ]);
  });

  test.each([
    [', AuthorizationType: AWS_IAM', 'AWS_IAM'],
    [
      ', AuthorizationType: JWT, AuthorizerId: !Ref J, AuthorizationScopes: [a]',
      expect.objectContaining({ kind: 'jwt', issuer: { whole: 'https://i' }, scopes: ['a'] }),
    ],
    [
      ', AuthorizationType: CUSTOM, AuthorizerId: !Ref L',
      expect.objectContaining({ kind: 'lambda', functionName: 'decide', payloadFormat: '2.0' }),
    ],
    [', AuthorizationType: CUSTOM, AuthorizerId: gone', expect.objectContaining({ kind: 'other' })],
  ])('has its authorizer: %s', (route, authorizer) => {
    expect(routesOf(apiWith(LAMBDA, route))?.[0]).toMatchObject({ authorizer });
  });

  test.each([
    [
      'IntegrationType: AWS_PROXY, IntegrationSubtype: SQS-SendMessage',
      'integration of SQS-SendMessage',
    ],
    [
      "IntegrationType: HTTP_PROXY, IntegrationUri: 'https://example.com'",
      'integration of HTTP_PROXY',
    ],
    [LAMBDA.replace('2.0', '1.0'), 'integration of payload format 1.0'],
  ])('says what the rehearsal has not: %s', (integration, refusal) => {
    expect(routesOf(apiWith(integration))?.[0]).toMatchObject({ refusal });
  });

  test('is of no API of WebSockets', () => {
    const template =
      'Resources: { Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: WEBSOCKET } } }';
    expect(problemsOf(template)).toEqual([
      expect.stringContaining('serves HTTP APIs only, not WEBSOCKET'),
    ]);
  });
});

describe('a table with replicas', () => {
  const table = (replicas: string): string => `Resources:
  T:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      BillingMode: PROVISIONED
      WriteProvisionedThroughputSettings: {}
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      Replicas: [${replicas}]
`;

  test('is that of its own Region', () => {
    const own = '{ Region: eu-west-1, DeletionProtectionEnabled: true }';
    expect(appOf(table(own)).tables).toEqual([
      expect.objectContaining({
        isDeletionProtected: true,
        stream: expect.objectContaining({ view: 'NEW_IMAGE' }),
        createTable: expect.objectContaining({ BillingMode: 'PAY_PER_REQUEST' }),
      }),
    ]);
  });

  test('has what is said of each other Region, and must have one of its own', () => {
    const own = '{ Region: eu-west-1 }';
    const other =
      '{ Region: us-east-1, DeletionProtectionEnabled: true, TableClass: STANDARD_INFREQUENT_ACCESS }';
    expect(appOf(table(`${own}, ${other}`)).tables).toMatchObject([
      {
        isDeletionProtected: false,
        settings: {},
        replicas: [
          {
            region: 'us-east-1',
            isDeletionProtected: true,
            isRecoverable: false,
            settings: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
          },
        ],
      },
    ]);
    expect(problemsOf(table(other))).toEqual([
      expect.stringContaining('must contain an entry for the current region, eu-west-1'),
    ]);
  });
});
