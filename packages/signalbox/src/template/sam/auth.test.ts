import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../temporary-project.ts';

const FILES = { 'src/index.js': 'exports.handler = () => 1;\n' };

const HEAD = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, Handler: index.handler, CodeUri: src } }
Resources:
  Decide: { Type: AWS::Serverless::Function }
`;

/** An API with one route, of a function. */
function api(type: 'Api' | 'HttpApi', auth: string, ofEvent = ''): string {
  const id = type === 'Api' ? 'RestApiId' : 'ApiId';
  const stage = type === 'Api' ? 'StageName: Prod, ' : '';
  return `${HEAD}  Api:
    Type: AWS::Serverless::${type}
    Properties: { ${stage}Auth: { ${auth} } }
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events: { E: { Type: ${type}, Properties: { Path: /a, Method: get, ${id}: !Ref Api${ofEvent} } } }
`;
}

const rest = (auth: string, ofEvent?: string) =>
  appOf(api('Api', auth, ofEvent), {}, FILES).restApis[0]?.routes[0];
const http = (auth: string, ofEvent?: string) =>
  appOf(api('HttpApi', auth, ofEvent), {}, FILES).httpApis[0]?.routes[0];

const OWN = 'DefaultAuthorizer: Own, Authorizers: { Own: { FunctionArn: !GetAtt Decide.Arn';

describe('Auth of a REST API', () => {
  test('asks a function for a token, or for the request', () => {
    expect(
      rest(`${OWN}, Identity: { Header: X-Token, ValidationExpression: 'a.*' } } }`),
    ).toMatchObject({
      authorizer: {
        kind: 'lambda',
        name: 'Own',
        functionName: 'shop-Decide',
        asks: 'TOKEN',
        payloadFormat: '1.0',
        identitySources: ['header.X-Token'],
        validation: 'a.*',
      },
    });
    const identity =
      'FunctionPayloadType: REQUEST, Identity: { Headers: [A], QueryStrings: [b], Context: [c] }';
    expect(rest(`${OWN}, ${identity} } }`)).toMatchObject({
      authorizer: { asks: 'REQUEST', identitySources: ['header.A', 'querystring.b', 'context.c'] },
    });
  });

  test('checks the claims of a user pool, with the scopes of the event', () => {
    const pool =
      "Authorizers: { P: { UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_x' } }";
    expect(rest(pool, ', Auth: { Authorizer: P, AuthorizationScopes: [orders] }')).toMatchObject({
      authorizer: { kind: 'jwt', name: 'P', issuer: { end: ['eu-west-1_x'] }, scopes: ['orders'] },
    });
    expect(rest(pool)).toMatchObject({ authorizer: 'NONE' });
  });

  test('asks for a key, on the API and on the event', () => {
    expect(rest('ApiKeyRequired: true')).toMatchObject({ needsKey: true, authorizer: 'NONE' });
    expect(rest('DefaultAuthorizer: AWS_IAM', ', Auth: { ApiKeyRequired: true }')).toMatchObject({
      needsKey: true,
      authorizer: 'AWS_IAM',
    });
    const template = `${api('Api', 'ApiKeyRequired: true')}  K: { Type: AWS::ApiGateway::ApiKey, Properties: { Value: secret } }\n`;
    expect(appOf(template, {}, FILES).restApis[0]?.keys).toEqual(['secret']);
  });
});

describe('Auth of an HTTP API', () => {
  test('asks a function, in both formats', () => {
    const format =
      "AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, Identity: { Headers: [Auth] }";
    expect(http(`${OWN}, ${format} } }`)).toMatchObject({
      authorizer: {
        kind: 'lambda',
        functionName: 'shop-Decide',
        asks: 'REQUEST',
        payloadFormat: '2.0',
        givesSimpleResponses: true,
        identitySources: ['header.Auth'],
      },
    });
    expect(http(`${OWN}, AuthorizerPayloadFormatVersion: 1.0 } }`)).toMatchObject({
      authorizer: { payloadFormat: '1.0', givesSimpleResponses: false },
    });
  });

  test('checks the claims of tokens', () => {
    const jwt =
      'IdentitySource: $request.header.Token, AuthorizationScopes: [a], JwtConfiguration: { issuer: https://i, audience: [app] }';
    expect(http(`DefaultAuthorizer: J, Authorizers: { J: { ${jwt} } }`)).toMatchObject({
      authorizer: {
        kind: 'jwt',
        name: 'J',
        issuer: { whole: 'https://i' },
        audience: ['app'],
        scopes: ['a'],
        identitySource: 'header.Token',
      },
    });
  });
});

test('an authorizer that the API does not have is refused', () => {
  const problems = problemsOf(api('Api', 'DefaultAuthorizer: Owm, Authorizers: {}'), {}, FILES);
  expect(problems).toEqual([
    expect.stringMatching(/^template\.yaml:\d+: F: the API has no Authorizer Owm/),
  ]);
});

test('methods that are resources of their own have their authorizers', () => {
  const template = `Resources:
  Api: { Type: AWS::ApiGateway::RestApi }
  Own:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Type: REQUEST
      IdentitySource: method.request.header.A, method.request.querystring.b
      AuthorizerUri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:decide/invocations
  M:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Own
      ApiKeyRequired: true
      Integration: { Type: MOCK }
`;
  expect(appOf(template, {}, FILES).restApis[0]?.routes).toMatchObject([
    {
      path: '/',
      needsKey: true,
      authorizer: {
        kind: 'lambda',
        name: 'Own',
        functionName: 'decide',
        asks: 'REQUEST',
        identitySources: ['header.A', 'querystring.b'],
      },
    },
  ]);
});
