import { setTimeout as delay } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Engine } from './engine.ts';

/** Something that MiniStack cannot do, which `prepare.py` or `deploy.ts` works around. */
export interface Gap {
  readonly what: string;
  readonly workAround: string;
  /** The result of its smallest case while the gap is there. */
  readonly symptom: RegExp;
  /** The result as on AWS. */
  readonly asOnAws: RegExp;
  /** Plays the smallest case; returns what came of it. */
  readonly probe: (engine: Engine) => Promise<string>;
}

const ROLE = 'arn:aws:iam::000000000000:role/probe';
const BUCKET = 'signalbox-probes';
const COMPLETE = /^CREATE_COMPLETE$/;

/** The gaps of MiniStack 1.5.33 that the application meets. */
export const GAPS: readonly Gap[] = [
  {
    what: 'Composite alarms and archives of events are unknown resource types',
    workAround: 'they are left out',
    symptom:
      /Unrecognized resource types: \[AWS::CloudWatch::CompositeAlarm, AWS::Events::Archive\]/,
    asOnAws: COMPLETE,
    probe: (engine) =>
      createStack(engine, 'types', {
        Archive: resource('AWS::Events::Archive', {
          SourceArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
        }),
        Alarm: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'FALSE' }),
      }),
  },
  {
    what: 'Alarms on metric math cannot be created',
    workAround: 'they are left out',
    symptom: /Properties\.Metrics \(metric math\) is not supported/,
    asOnAws: COMPLETE,
    probe: (engine) =>
      createStack(engine, 'math', {
        Alarm: resource('AWS::CloudWatch::Alarm', {
          ComparisonOperator: 'GreaterThanThreshold',
          EvaluationPeriods: 1,
          Threshold: 1,
          Metrics: [{ Id: 'e1', Expression: 'TIME_SERIES(1)', Period: 60, ReturnData: true }],
        }),
      }),
  },
  {
    what: 'A definition in YAML is taken, and every execution of it fails',
    workAround: 'definitions are deployed as JSON',
    symptom: /^FAILED InvalidDefinition$/,
    asOnAws: /^SUCCEEDED$/,
    probe: probeYamlDefinition,
  },
  {
    what: 'TimeoutSeconds of a task that waits for its token is not evaluated where it is an expression',
    workAround: 'the number itself is put there',
    symptom: /^FAILED States\.Runtime$/,
    asOnAws: /^FAILED States\.Timeout$/,
    probe: probeTimeOutExpression,
  },
  {
    what: 'An error of a Node.js function loses its name, so that no Catch knows it',
    workAround: 'handlers run in a custom runtime over the Lambda Runtime API',
    symptom: /^Runtime\.HandlerError$/,
    asOnAws: /^CardDeclined$/,
    probe: probeErrorName,
  },
  {
    what: 'The SAM transform is not applied to the template of a nested stack',
    workAround: 'nested applications are deployed one by one, and outputs passed on by hand',
    symptom: /Unsupported resource type: AWS::Serverless::SimpleTable/,
    asOnAws: COMPLETE,
    probe: probeNestedTransform,
  },
];

async function probeYamlDefinition(engine: Engine): Promise<string> {
  const definition = 'StartAt: Done\nStates:\n  Done:\n    Type: Succeed\n';
  const Key = await putObject(engine, 'definition.asl.yaml', definition);
  await createStack(engine, 'yaml', {
    Machine: resource('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'probe-yaml',
      RoleArn: ROLE,
      DefinitionS3Location: { Bucket: BUCKET, Key },
    }),
  });
  return runMachine(engine, 'arn:aws:states:us-east-1:000000000000:stateMachine:probe-yaml');
}

async function probeTimeOutExpression(engine: Engine): Promise<string> {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
        Arguments: {
          TopicArn: 'arn:aws:sns:us-east-1:000000000000:probe-topic',
          Message: '{% $states.context.Task.Token %}',
        },
        TimeoutSeconds: '{% 1 %}',
        End: true,
      },
    },
  };
  await createStack(engine, 'topic', {
    Topic: resource('AWS::SNS::Topic', { TopicName: 'probe-topic' }),
  });
  const { stateMachineArn = '' } = await new SFNClient(engine.client).send(
    new CreateStateMachineCommand({
      name: 'probe-time-out',
      roleArn: ROLE,
      definition: JSON.stringify(definition),
    }),
  );
  return runMachine(engine, stateMachineArn);
}

async function probeErrorName(engine: Engine): Promise<string> {
  const code =
    'exports.handler = async () => { throw Object.assign(new Error("No"), { name: "CardDeclined" }); };';
  await createStack(engine, 'function', {
    Function: resource('AWS::Lambda::Function', {
      FunctionName: 'probe-error',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile: code },
    }),
  });
  const client = new LambdaClient(engine.client);
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'probe-error' }));
  return String(JSON.parse(Buffer.from(Payload ?? []).toString()).errorType);
}

async function probeNestedTransform(engine: Engine): Promise<string> {
  const Transform = 'AWS::Serverless-2016-10-31';
  const Resources = { Table: resource('AWS::Serverless::SimpleTable', {}) };
  const key = await putObject(engine, 'nested.json', JSON.stringify({ Transform, Resources }));
  const TemplateURL = `${engine.url}/${BUCKET}/${key}`;
  return createStack(engine, 'nested', {
    Nested: resource('AWS::CloudFormation::Stack', { TemplateURL }),
  });
}

function resource(Type: string, Properties: object): object {
  return { Type, Properties };
}

/** Creates a stack; returns its status, or why it could not be created. */
async function createStack(engine: Engine, name: string, Resources: object): Promise<string> {
  const client = new CloudFormationClient(engine.client);
  const StackName = `probe-${name}`;
  const TemplateBody = JSON.stringify({ Resources });
  try {
    await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  for (;;) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const status = Stacks[0]?.StackStatus ?? 'GONE';
    if (status === 'CREATE_COMPLETE') return status;
    if (!status.endsWith('_IN_PROGRESS')) break;
    await delay(200);
  }
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  return failed?.ResourceStatusReason ?? 'It failed without a reason';
}

/** Runs a machine; returns the status and the error that it ends with. */
async function runMachine(engine: Engine, stateMachineArn: string): Promise<string> {
  const client = new SFNClient(engine.client);
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  for (;;) {
    const { status, error } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return [status, error].filter(Boolean).join(' ');
    await delay(200);
  }
}

async function putObject(engine: Engine, Key: string, Body: string): Promise<string> {
  const client = new S3Client({ ...engine.client, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
  return Key;
}
