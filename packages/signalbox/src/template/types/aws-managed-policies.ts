import type { Json } from '../../core/json.ts';

interface ManagedPolicy {
  /** The part after `arn:aws:iam::aws:policy/`. */
  readonly path: string;
  readonly statements: readonly Json[];
}

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const XRAY = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:GetSamplingStatisticSummaries',
];
const INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];
const SESSION_MANAGER = [
  'ssm:DescribeAssociation',
  'ssm:GetDeployablePatchSnapshotForInstance',
  'ssm:GetDocument',
  'ssm:DescribeDocument',
  'ssm:GetManifest',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:ListAssociations',
  'ssm:ListInstanceAssociations',
  'ssm:PutInventory',
  'ssm:PutComplianceItems',
  'ssm:PutConfigurePackageResult',
  'ssm:UpdateAssociationStatus',
  'ssm:UpdateInstanceAssociationStatus',
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'ec2messages:AcknowledgeMessage',
  'ec2messages:DeleteMessage',
  'ec2messages:FailMessage',
  'ec2messages:GetEndpoint',
  'ec2messages:GetMessages',
  'ec2messages:SendReply',
];

/** AWS managed policies that the rehearsal knows the content of, as the AWS Managed Policy Reference gives it. */
const POLICIES: readonly ManagedPolicy[] = [
  { path: 'service-role/AWSLambdaBasicExecutionRole', statements: [allow(LOGS)] },
  {
    path: 'service-role/AWSLambdaSQSQueueExecutionRole',
    statements: [
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS]),
    ],
  },
  {
    path: 'service-role/AWSLambdaVPCAccessExecutionRole',
    statements: [allow([...LOGS, ...INTERFACES])],
  },
  {
    path: 'service-role/AWSLambdaDynamoDBExecutionRole',
    statements: [
      allow([
        ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (action) => `dynamodb:${action}`,
        ),
        ...LOGS,
      ]),
    ],
  },
  {
    path: 'service-role/AWSLambdaKinesisExecutionRole',
    statements: [
      allow([
        ...[
          'DescribeStream',
          'DescribeStreamSummary',
          'GetRecords',
          'GetShardIterator',
          'ListShards',
          'ListStreams',
          'SubscribeToShard',
        ].map((action) => `kinesis:${action}`),
        ...LOGS,
      ]),
    ],
  },
  { path: 'AdministratorAccess', statements: [allow(['*'])] },
  { path: 'AmazonDynamoDBFullAccess_v2', statements: [allow(['dynamodb:*', 'dax:*'])] },
  {
    path: 'AmazonEventBridgeFullAccess',
    statements: [allow(['events:*', 'schemas:*', 'scheduler:*', 'pipes:*'])],
  },
  { path: 'AmazonS3FullAccess', statements: [allow(['s3:*', 's3-object-lambda:*'])] },
  {
    path: 'AmazonS3ReadOnlyAccess',
    statements: [
      allow([
        ...['Get*', 'List*', 'Describe*'].map((action) => `s3:${action}`),
        ...['Get*', 'List*'].map((action) => `s3-object-lambda:${action}`),
      ]),
    ],
  },
  { path: 'AmazonSNSFullAccess', statements: [allow(['sns:*'])] },
  { path: 'AmazonSQSFullAccess', statements: [allow(['sqs:*'])] },
  { path: 'AWSStepFunctionsFullAccess', statements: [allow(['states:*'])] },
  { path: 'CloudWatchLogsFullAccess', statements: [allow(['logs:*', 'cloudwatch:GenerateQuery'])] },
  {
    path: 'service-role/AmazonRDSEnhancedMonitoringRole',
    statements: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
        Resource: 'arn:aws:logs:*:*:log-group:RDS*',
      },
      {
        Effect: 'Allow',
        Action: [
          'logs:CreateLogStream',
          'logs:PutLogEvents',
          'logs:DescribeLogStreams',
          'logs:GetLogEvents',
        ],
        Resource: 'arn:aws:logs:*:*:log-group:RDS*:log-stream:*',
      },
    ],
  },
  { path: 'AmazonSSMManagedInstanceCore', statements: [allow(SESSION_MANAGER)] },
  { path: 'service-role/AWSLambdaRole', statements: [allow(['lambda:InvokeFunction'])] },
  { path: 'AWSXrayWriteOnlyAccess', statements: [allow(XRAY)] },
  { path: 'AWSXRayDaemonWriteAccess', statements: [allow(XRAY)] },
  {
    path: 'CloudWatchLambdaInsightsExecutionRolePolicy',
    statements: [
      allow(['logs:CreateLogGroup']),
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*',
      },
    ],
  },
];

function allow(actions: readonly string[]): Json {
  return { Effect: 'Allow', Action: actions, Resource: '*' };
}

/** Names of the AWS managed policies that the rehearsal knows. */
export const MANAGED_POLICY_NAMES: readonly string[] = POLICIES.map(({ path }) => nameOf(path));

/** The ARN of an AWS managed policy by its name; undefined when it is not known. */
export function managedPolicyArn(name: string, partition: string): string | undefined {
  const policy = POLICIES.find(({ path }) => nameOf(path) === name);
  return policy && `arn:${partition}:iam::aws:policy/${policy.path}`;
}

/** The statements of an AWS managed policy by its ARN; undefined when it is not known. */
export function managedStatements(arn: string): readonly Json[] | undefined {
  const path = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return POLICIES.find((policy) => policy.path === path)?.statements;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
