import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../temporary-project.ts';

const OPEN = { authorizer: 'NONE', needsKey: false };

const FILES = { 'src/index.js': 'exports.handler = () => 1;' };
const HEAD = `Transform: AWS::Serverless-2016-10-31
Resources:
  Store: { Type: AWS::S3::Bucket }
  News: { Type: AWS::SNS::Topic }
`;

const functionWith = (properties: string, more = '') => `${HEAD}${more}
  F:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: index.handler, Runtime: nodejs22.x, ${properties} }
`;

describe('the events of a function', () => {
  test('S3: the bucket has a notification for each kind of event', () => {
    const events =
      "Events: { E: { Type: S3, Properties: { Bucket: !Ref Store, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'], Filter: { S3Key: { Rules: [{ Name: prefix, Value: in/ }] } } } } }";
    const [bucket] = appOf(functionWith(events), {}, FILES).buckets;
    const targetArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-F';

    expect(bucket?.notifications).toEqual([
      { targetArn, event: 's3:ObjectCreated:*', prefix: 'in/', suffix: '' },
      { targetArn, event: 's3:ObjectRemoved:*', prefix: 'in/', suffix: '' },
    ]);
  });

  test('SNS: the topic has a subscription', () => {
    const events =
      'Events: { E: { Type: SNS, Properties: { Topic: !Ref News, FilterPolicy: { a: [b] } } } }';

    expect(appOf(functionWith(events), {}, FILES).topics[0]?.subscriptions).toEqual([
      {
        protocol: 'lambda',
        endpoint: 'arn:aws:lambda:eu-west-1:123456789012:function:shop-F',
        attributes: { FilterPolicy: '{"a":["b"]}' },
      },
    ]);
  });

  test('Api: the implicit API has a route, and a stage that may be referred to', () => {
    const events = "Events: { E: { Type: Api, Properties: { Path: '/a/{b}', Method: get } } }";
    const output =
      "Outputs: { O: { Value: !Sub '${ServerlessRestApi}-${ServerlessRestApiProdStage}' } }\n";
    const app = appOf(functionWith(events) + output, {}, FILES);

    expect(app.restApis[0]?.routes).toEqual([
      {
        method: 'GET',
        path: '/a/{b}',
        integration: { kind: 'lambda', functionName: 'shop-F' },
        ...OPEN,
      },
    ]);
    expect(app.outputs['O']).toBe(`${app.restApis[0]?.id}-Prod`);
  });

  test('Api: an API of its own has the routes of events in its document', () => {
    const api = `  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /own:
            post:
              x-amazon-apigateway-integration:
                type: aws
                uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:sqs:path/\${AWS::AccountId}/letters'
                credentials: arn:aws:iam::123456789012:role/api
                requestTemplates: { application/json: 'Action=SendMessage&MessageBody=$input.body' }
                responses: { default: { statusCode: 202 } }
`;
    const events =
      'Events: { E: { Type: Api, Properties: { RestApiId: !Ref Rest, Path: /a, Method: any } } }';
    const [rest] = appOf(functionWith(events, api), {}, FILES).restApis;

    expect(rest?.routes).toEqual([
      {
        ...OPEN,
        method: 'POST',
        path: '/own',
        integration: {
          kind: 'action',
          service: 'sqs',
          action: 'SendMessage',
          queueName: 'letters',
          credentials: 'arn:aws:iam::123456789012:role/api',
          requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$input.body' },
          responses: [{ pattern: 'default', statusCode: 202, template: undefined }],
        },
      },
      {
        method: 'ANY',
        path: '/a',
        integration: { kind: 'lambda', functionName: 'shop-F' },
        ...OPEN,
      },
    ]);
  });

  test('Kinesis is refused by name when strict', () => {
    const arn = 'arn:aws:kinesis:eu-west-1:123456789012:stream/x';
    const events = `Events: { E: { Type: Kinesis, Properties: { Stream: '${arn}' } } }`;

    expect(problemsOf(functionWith(events), {}, FILES)).toEqual([
      expect.stringMatching(
        /^template\.yaml:\d+: .*polls queues and streams of tables only.*kinesis/,
      ),
    ]);
  });
});

describe('a policy template', () => {
  const policies = (list: string) =>
    appOf(functionWith(`Policies: [${list}]`), {}, FILES).roles[0]?.statements ?? [];

  test('gives its statements, with its parameters in their ARNs', () => {
    const statements = policies('{ SQSSendMessagePolicy: { QueueName: letters } }');

    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['sqs:SendMessage*'],
      Resource: ['arn:aws:sqs:eu-west-1:123456789012:letters'],
    });
  });

  test('may have a condition, and no parameter', () => {
    expect(
      policies(
        '{ AWSSecretsManagerRotationPolicy: { FunctionName: f } }, { EKSDescribePolicy: {} }',
      ),
    ).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          Condition: {
            StringEquals: {
              'secretsmanager:resource/AllowRotationLambdaArn':
                'arn:aws:lambda:eu-west-1:123456789012:function:f',
            },
          },
        }),
        { Effect: 'Allow', Action: ['eks:DescribeCluster', 'eks:ListClusters'], Resource: ['*'] },
      ]),
    );
  });

  test.each([
    ['{ SQSPollerPolicy: {} }', 'SQSPollerPolicy needs its parameter QueueName'],
    [
      '{ SQSPollerPolicy: { QueueName: q, QueueNam: r } }',
      'SQSPollerPolicy has no parameter QueueNam: did you mean QueueName?',
    ],
  ])('is refused where it is %s', (policy, message) => {
    expect(problemsOf(functionWith(`Policies: [${policy}]`), {}, FILES)).toContainEqual(
      expect.stringContaining(message),
    );
  });
});

describe('a REST API of resources of its own, as cdk synth writes it', () => {
  test('has the paths of its resources', () => {
    const app = appOf(`Resources:
  Api: { Type: AWS::ApiGateway::RestApi }
  Orders: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
  One: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Orders, PathPart: '{id}' } }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref One
      HttpMethod: GET
      Integration:
        Type: AWS
        IntegrationHttpMethod: POST
        Uri: arn:aws:apigateway:eu-west-1:states:action/StartSyncExecution
        IntegrationResponses: [{ StatusCode: '200' }, { StatusCode: '400', SelectionPattern: '4\\d{2}' }]
`);

    expect(app.restApis[0]?.routes).toEqual([
      {
        ...OPEN,
        method: 'GET',
        path: '/orders/{id}',
        integration: {
          kind: 'action',
          service: 'states',
          action: 'StartSyncExecution',
          queueName: undefined,
          credentials: undefined,
          requestTemplates: {},
          responses: [
            { pattern: 'default', statusCode: 200, template: undefined },
            { pattern: '4\\d{2}', statusCode: 400, template: undefined },
          ],
        },
      },
    ]);
  });
});
