#!/usr/bin/env node
// Writes src/template/property-constraints.json: what the models of the calls that CloudFormation makes demand of a
// resource's properties, where property and member are the same thing. Made of what make-constraints.mjs has made.
// usage: node make-property-constraints.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** By type: the calls, with members that are no property (left out) or one of another name, at the start or whole. */
const TYPES = {
  'AWS::CloudWatch::Alarm': [{ call: 'monitoring PutMetricAlarm' }],
  'AWS::CloudWatch::CompositeAlarm': [{ call: 'monitoring PutCompositeAlarm' }],
  'AWS::DynamoDB::Table': [
    {
      call: 'dynamodb CreateTable',
      leftOut: ['GlobalTableSourceArn', 'GlobalTableSettingsReplicationMode'],
    },
    { call: 'dynamodb UpdateTimeToLive', leftOut: ['TableName'] },
    { call: 'dynamodb UpdateContinuousBackups', leftOut: ['TableName'] },
  ],
  'AWS::Events::EventBusPolicy': [{ call: 'events PutPermission', leftOut: ['Policy'] }],
  'AWS::Events::ApiDestination': [{ call: 'events CreateApiDestination' }],
  'AWS::Events::Archive': [
    { call: 'events CreateArchive', names: { EventSourceArn: 'SourceArn' } },
  ],
  'AWS::Events::Connection': [{ call: 'events CreateConnection' }],
  'AWS::Events::EventBus': [{ call: 'events CreateEventBus' }],
  'AWS::Events::Rule': [
    { call: 'events PutRule' },
    { call: 'events PutTargets', leftOut: ['Rule', 'EventBusName'] },
  ],
  // The list of runtimes grows, and an unknown one is said at the function itself.
  'AWS::Lambda::Function': [{ call: 'lambda CreateFunction', leftOut: ['Runtime', 'Code'] }],
  'AWS::Lambda::EventInvokeConfig': [{ call: 'lambda PutFunctionEventInvokeConfig' }],
  'AWS::Lambda::EventSourceMapping': [{ call: 'lambda CreateEventSourceMapping' }],
  'AWS::Lambda::LayerVersion': [
    { call: 'lambda PublishLayerVersion', leftOut: ['Content', 'CompatibleRuntimes'] },
  ],
  'AWS::Lambda::Permission': [{ call: 'lambda AddPermission', leftOut: ['StatementId'] }],
  'AWS::Logs::LogGroup': [{ call: 'logs CreateLogGroup' }],
  'AWS::Logs::MetricFilter': [{ call: 'logs PutMetricFilter' }],
  'AWS::S3::Bucket': [
    { call: 's3 PutBucketVersioning', leftOut: ['ChecksumAlgorithm'] },
    { call: 's3 PutObjectLockConfiguration', leftOut: ['ChecksumAlgorithm', 'RequestPayer'] },
    { call: 's3 PutBucketOwnershipControls', leftOut: ['ChecksumAlgorithm'] },
    {
      call: 's3 PutBucketEncryption',
      names: {
        'ServerSideEncryptionConfiguration.Rules.*.ApplyServerSideEncryptionByDefault.SSEAlgorithm':
          'BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.SSEAlgorithm',
      },
      leftOut: ['ChecksumAlgorithm'],
    },
  ],
  'AWS::SNS::Topic': [{ call: 'sns CreateTopic' }],
  'AWS::Scheduler::Schedule': [{ call: 'scheduler CreateSchedule' }],
  'AWS::Scheduler::ScheduleGroup': [{ call: 'scheduler CreateScheduleGroup' }],
  'AWS::SecretsManager::Secret': [{ call: 'secretsmanager CreateSecret' }],
  'AWS::SSM::Parameter': [{ call: 'ssm PutParameter' }],
  'AWS::StepFunctions::Activity': [{ call: 'states CreateActivity' }],
  'AWS::StepFunctions::StateMachine': [
    {
      call: 'states CreateStateMachine',
      names: { Name: 'StateMachineName', Type: 'StateMachineType' },
      leftOut: ['Definition', 'VersionDescription'],
    },
  ],
};

/** What no model says, and the reference of CloudFormation does ("AWS::SQS::Queue", "AWS::SNS::Subscription"). */
const STATED = {
  'AWS::SNS::Subscription': {
    Protocol: {
      enum: [
        ...['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda'],
        'firehose',
      ],
    },
    FilterPolicyScope: { enum: ['MessageAttributes', 'MessageBody'] },
  },
  'AWS::SNS::Topic': {
    FifoThroughputScope: { enum: ['Topic', 'MessageGroup'] },
    TopicName: { max: 256 },
    TracingConfig: { enum: ['PassThrough', 'Active'] },
  },
  'AWS::SQS::Queue': {
    DeduplicationScope: { enum: ['messageGroup', 'queue'] },
    DelaySeconds: { min: 0, max: 900, isNumber: true },
    FifoThroughputLimit: { enum: ['perQueue', 'perMessageGroupId'] },
    KmsDataKeyReusePeriodSeconds: { min: 60, max: 86400, isNumber: true },
    MaximumMessageSize: { min: 1024, max: 1048576, isNumber: true },
    MessageRetentionPeriod: { min: 60, max: 1209600, isNumber: true },
    QueueName: { max: 80, pattern: '[A-Za-z0-9_-]+(\\.fifo)?' },
    ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, isNumber: true },
    VisibilityTimeout: { min: 0, max: 43200, isNumber: true },
  },
};

/** The properties that are numbers: of a text, a bound is one of its length. */
const NUMBERS =
  /(?:^|\.)(?:BatchSize|Count|DatapointsToAlarm|EvaluationPeriods|EvaluationInterval|MemorySize|Timeout|Period|Size|RetentionDays|InvocationRateLimitPerSecond|ParallelizationFactor|ActionsSuppressor\w*Period|\w*(?:InSeconds|InMinutes|Attempts|Concurrency|Pollers)|TaskCount|RecoveryPeriodInDays|\w+CapacityUnits)$/;

const sources = join(import.meta.dirname, 'src/endpoint/constraints/data');
const made = Object.entries(TYPES).map(([type, calls]) => {
  const properties = calls.flatMap(({ call, names = {}, leftOut = [] }) => {
    const [service, operation] = call.split(' ');
    const of = JSON.parse(readFileSync(join(sources, `${service}.json`), 'utf8'))[operation] ?? {};
    const all = service === 'dynamodb' ? withDynalites(operation, of) : of;
    return Object.entries(all).flatMap(([path, constraint]) => {
      const [first, ...rest] = path.split('.').map(capitalized);
      if (leftOut.includes(first)) return [];
      const property = names[path] ?? [names[first] ?? first, ...rest].join('.');
      return [[property, NUMBERS.test(property) ? { ...constraint, isNumber: true } : constraint]];
    });
  });
  const stated = Object.entries(STATED[type] ?? {});
  return [type, Object.fromEntries([...properties, ...stated])];
});
const alone = Object.entries(STATED).filter(([type]) => TYPES[type] === undefined);
const lines = [...made, ...alone].map(
  ([type, properties]) => `  ${JSON.stringify(type)}: ${JSON.stringify(properties)}`,
);
writeFileSync(
  join(import.meta.dirname, 'src/template/property-constraints.json'),
  `{\n${lines.join(',\n')}\n}\n`,
);

function capitalized(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What dynalite checks itself is left out of the data, and belongs to the properties all the same. */
function withDynalites(operation, constraints) {
  const action = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  let types = {};
  try {
    types = require(`dynalite/validations/${action}`).types;
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
  }
  const all = { ...constraints };
  for (const [path, constraint] of constraintsIn(types, [])) {
    all[path] = { ...constraint, ...all[path] };
  }
  return all;
}

function constraintsIn(types, path) {
  return Object.entries(types).flatMap(([name, type]) => {
    if (typeof type !== 'object') return [];
    const here = [...path, name];
    const own = ownConstraint(type);
    const isList = /^(List|Map)/.test(type.type);
    const children = typeof type.children === 'object' ? type.children : {};
    const inside = isList ? constraintsIn({ '*': children }, here) : constraintsIn(children, here);
    return [...(own === undefined ? [] : [[here.join('.'), own]]), ...inside];
  });
}

function ownConstraint(type) {
  const min =
    type.greaterThanOrEqual ?? type.lengthGreaterThanOrEqual ?? (type.tableName ? 3 : undefined);
  const max =
    type.lessThanOrEqual ?? type.lengthLessThanOrEqual ?? (type.tableName ? 255 : undefined);
  const constraint = {
    ...(type.enum !== undefined && { enum: type.enum }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(type.regex !== undefined && { pattern: type.regex }),
  };
  return Object.keys(constraint).length === 0 ? undefined : constraint;
}
