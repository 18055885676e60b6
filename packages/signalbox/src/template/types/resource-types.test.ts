import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../temporary-project.ts';
import { resourceTypeOf, TYPE_NAMES } from './resource-types.ts';

const FILES = { 'src/handler.ts': 'export const handler = () => undefined;\n' };

function resource(type: string, properties: string, metadata = '{}'): string {
  return `Resources:
  Queue: { Type: AWS::SQS::Queue }
  X:
    Type: ${type}
    Metadata: ${metadata}
    Properties: ${properties}
`;
}

const CODE =
  'Code: src, Role: arn:aws:iam::123456789012:role/r, Handler: handler.handler, Runtime: nodejs24.x';
const BUILD = '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler.ts] } }';

describe('resourceTypeOf()', () => {
  test('knows every type that it names, SAM excepted', () => {
    const plain = TYPE_NAMES.filter((name) => !name.startsWith('AWS::Serverless::'));

    expect(new Set(TYPE_NAMES).size).toBe(TYPE_NAMES.length);
    expect(plain.filter((name) => resourceTypeOf(name)?.type !== name)).toEqual([]);
  });

  test.each([
    [
      'AWS::Events::EventBus',
      '{ Name: b }',
      'b',
      { Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/b' },
    ],
    [
      'AWS::Events::Archive',
      '{ ArchiveName: a, SourceArn: arn:aws:events:eu-west-1:123456789012:event-bus/default }',
      'a',
      { Arn: 'arn:aws:events:eu-west-1:123456789012:archive/a' },
    ],
    [
      'AWS::S3::Bucket',
      '{ BucketName: b-1 }',
      'b-1',
      { Arn: 'arn:aws:s3:::b-1', DomainName: 'b-1.s3.amazonaws.com' },
    ],
    [
      'AWS::StepFunctions::Activity',
      '{ Name: approve }',
      'arn:aws:states:eu-west-1:123456789012:activity:approve',
      { Name: 'approve' },
    ],
    [
      'AWS::SNS::Topic',
      '{ TopicName: t }',
      'arn:aws:sns:eu-west-1:123456789012:t',
      { TopicName: 't' },
    ],
    [
      'AWS::SSM::Parameter',
      '{ Name: /p, Type: String, Value: v }',
      '/p',
      { Value: 'v', Type: 'String' },
    ],
    [
      'AWS::IAM::Role',
      '{ RoleName: r, Path: /a/ }',
      'r',
      { Arn: 'arn:aws:iam::123456789012:role/a/r' },
    ],
    [
      'AWS::IAM::ManagedPolicy',
      '{ ManagedPolicyName: m, PolicyDocument: { Statement: [] } }',
      'arn:aws:iam::123456789012:policy/m',
      {},
    ],
    [
      'AWS::Logs::LogGroup',
      '{ LogGroupName: /l }',
      '/l',
      { Arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/l:*' },
    ],
    [
      'AWS::CloudWatch::Alarm',
      '{ AlarmName: a, EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold }',
      'a',
      { Arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a' },
    ],
    [
      'AWS::EventSchemas::Registry',
      '{ RegistryName: r }',
      'arn:aws:schemas:eu-west-1:123456789012:registry/r',
      { RegistryName: 'r' },
    ],
    ['AWS::KMS::Alias', '{ AliasName: alias/a, TargetKeyId: k }', 'alias/a', {}],
    [
      'AWS::Events::Rule',
      '{ Name: r, EventPattern: { source: [a] } }',
      'r',
      { Arn: 'arn:aws:events:eu-west-1:123456789012:rule/r' },
    ],
    [
      'AWS::StepFunctions::StateMachine',
      '{ StateMachineName: m, RoleArn: r, DefinitionString: "{}" }',
      'arn:aws:states:eu-west-1:123456789012:stateMachine:m',
      { Name: 'm' },
    ],
    [
      'AWS::DynamoDB::Table',
      '{ TableName: tab, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [] }',
      'tab',
      { Arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/tab' },
    ],
  ])('returns Ref and GetAtt of %s', (type, properties, ref, attributes) => {
    const outputs = Object.keys(attributes).map(
      (name) => `  ${name}: { Value: !GetAtt X.${name} }\n`,
    );
    const template = `${resource(type, properties)}Outputs:\n  Ref: { Value: !Ref X }\n${outputs.join('')}`;

    expect(appOf(template).outputs).toEqual({ Ref: ref, ...attributes });
  });

  test('names a rule on a bus of its own with the bus', () => {
    const template = `Resources:
  B: { Type: AWS::Events::EventBus, Properties: { Name: b } }
  R: { Type: AWS::Events::Rule, Properties: { Name: r, EventBusName: !GetAtt B.Arn, EventPattern: {} } }
Outputs: { Ref: { Value: !Ref R } }
`;
    expect(appOf(template).outputs).toEqual({ Ref: 'b|r' });
  });

  test('cuts a generated name to the limit of AWS', () => {
    const logicalId = 'R'.repeat(80);
    const app = appOf(`Resources:\n  ${logicalId}: { Type: AWS::IAM::Role }\n`);

    expect(app.resources[0]?.physicalId).toMatch(/^shop-R{50}-[0-9a-f]{8}$/);
  });

  test.each([
    [
      'AWS::SQS::Queue',
      '{ VisibilityTimout: 3 }',
      'has no VisibilityTimout that the rehearsal knows: did you mean VisibilityTimeout?',
    ],
    ['AWS::SQS::Queue', '{ DelaySeconds: [1] }', 'DelaySeconds must be a string, not list'],
    [
      'AWS::SQS::Queue',
      '{ QueueName: q, FifoQueue: true }',
      'the name of a FIFO queue must end with .fifo',
    ],
    [
      'AWS::SQS::QueuePolicy',
      '{ Queues: [http://other], PolicyDocument: {} }',
      'Queue http://other is not in this template: name it by Ref',
    ],
    [
      'AWS::SNS::Topic',
      '{ FifoTopic: true, TopicName: plain }',
      'the name of a FIFO topic must end with .fifo',
    ],
    [
      'AWS::SNS::Subscription',
      '{ TopicArn: a, Protocol: sqs, Endpoint: b }',
      'Topic a is not in this template: name it by Ref',
    ],
    ['AWS::SNS::Subscription', '{ Protocol: sqs, Endpoint: b }', 'it needs a TopicArn'],
    [
      'AWS::DynamoDB::Table',
      '{ KeySchema: [], AttributeDefinitions: [], StreamSpecification: {} }',
      'it needs a StreamViewType',
    ],
    ['AWS::DynamoDB::Table', '{ KeySchema: [] }', 'it needs AttributeDefinitions'],
    ['AWS::Events::Rule', '{}', 'it needs an EventPattern or a ScheduleExpression'],
    ['AWS::Events::Rule', '{ EventPattern: text }', 'EventPattern must be a map, not string'],
    [
      'AWS::Events::Rule',
      '{ EventBusName: gone, EventPattern: {} }',
      'Rule X is on the bus gone, which is not in this template',
    ],
    [
      'AWS::Events::Rule',
      '{ EventPattern: {}, State: ON }',
      'State must be one of ENABLED, DISABLED, not true',
    ],
    [
      'AWS::Events::Rule',
      '{ EventPattern: {}, Targets: [{ Id: a, Arn: b, Input: c, InputPath: d }] }',
      'only one of Input, InputPath, or InputTransformer must be provided for a target',
    ],
    [
      'AWS::Events::Rule',
      '{ EventPattern: {}, Targets: [{ Id: a, Arn: b, KinesisParameters: {} }] }',
      'Target of rule X has no KinesisParameters that the rehearsal knows',
    ],
    ['AWS::Events::Rule', '{ EventPattern: {}, Targets: [{ Id: a }] }', 'it needs an Arn'],
    [
      'AWS::Events::Archive',
      '{ SourceArn: gone }',
      'Archive X is on the bus gone, which is not in this template',
    ],
    [
      'AWS::Lambda::EventSourceMapping',
      '{ FunctionName: f, EventSourceArn: arn:aws:kinesis:a }',
      'EventSourceArn must be the ARN of one, not arn:aws:kinesis:a',
    ],
    [
      'AWS::Lambda::EventSourceMapping',
      '{ FunctionName: f, EventSourceArn: !GetAtt Queue.Arn, BatchSize: 0 }',
      'BatchSize must be 1 to 10000, not 0',
    ],
    [
      'AWS::Lambda::EventSourceMapping',
      '{ FunctionName: f, EventSourceArn: !GetAtt Queue.Arn, FunctionResponseTypes: [All] }',
      'FunctionResponseTypes knows ReportBatchItemFailures only',
    ],
    [
      'AWS::SecretsManager::Secret',
      '{ SecretString: a, GenerateSecretString: {} }',
      'give SecretString or GenerateSecretString, not both',
    ],
    [
      'AWS::SecretsManager::Secret',
      '{ GenerateSecretString: { SecretStringTemplate: "{}" } }',
      'SecretStringTemplate and GenerateStringKey go together',
    ],
    [
      'AWS::SecretsManager::Secret',
      '{ GenerateSecretString: { PasswordLength: 2 } }',
      'no password can be made of these: exclude less, or make it longer',
    ],
    [
      'AWS::SSM::Parameter',
      '{ Type: SecureString, Value: a }',
      'Type must be one of String, StringList, not SecureString',
    ],
    ['AWS::IAM::Policy', '{ PolicyName: p, Roles: [] }', 'it needs a PolicyDocument'],
    [
      'AWS::ApiGatewayV2::Api',
      '{ ProtocolType: WEBSOCKET }',
      'the rehearsal serves HTTP APIs only, not WEBSOCKET',
    ],
  ])('refuses %s with %s', (type, properties, message) => {
    expect(problemsOf(resource(type, properties))).toContainEqual(expect.stringContaining(message));
  });

  test.each([
    ['Timeout: 901', BUILD, 'Timeout must be 1 to 900, not 901'],
    ['MemorySize: 64', BUILD, 'MemorySize must be 128 to 10240, not 64'],
    ['MemorySize: big', BUILD, 'MemorySize must be a number, not big'],
    [
      'FileSystemConfigs: []',
      BUILD,
      'does not support FileSystemConfigs: it mounts no file systems',
    ],
    ['Timeout: 3', '{ BuildMethod: makefile }', 'the rehearsal builds functions by esbuild'],
    [
      'Timeout: 3',
      '{ BuildMethod: esbuild, BuildProperties: {} }',
      'it needs EntryPoints: a list of files',
    ],
    [
      'Timeout: 3',
      '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [gone.ts] } }',
      'entry point src/gone.ts does not exist',
    ],
    [
      'Timeout: 3',
      '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler], Loader: [a] } }',
      'BuildProperties of X has no Loader that the rehearsal knows',
    ],
    [
      'Timeout: 3',
      '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler], Format: iife } }',
      'Format must be one of cjs, esm, not iife',
    ],
    [
      'Timeout: 3',
      '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler], Banner: { js: a } } }',
      'Banner is a list, such as [js=text]',
    ],
    [
      'Timeout: 3',
      '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler], OutExtension: [.mjs] } }',
      'OutExtension takes key=value, not .mjs',
    ],
  ])('refuses a function with %s and %s', (property, metadata, message) => {
    const template = resource('AWS::Lambda::Function', `{ ${CODE}, ${property} }`, metadata);

    expect(problemsOf(template, {}, FILES)).toEqual([expect.stringContaining(message)]);
  });
});
