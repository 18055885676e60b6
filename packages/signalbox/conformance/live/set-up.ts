import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import type { Rehearsal } from '../../src/create-rehearsal.ts';
import type { RecordedCase } from '../states/recorded-case.ts';
import type { CallLive } from './live-api.ts';

/** What a set-up is made with: the clients' options, and the Step Functions API. */
export interface SetUp {
  readonly client: Rehearsal['client'];
  readonly call: CallLive;
}

/**
 * Makes what a recording found in place, with the services' own clients.
 * @throws {RangeError} When the recording made something that is not known here.
 */
export async function setUp({ setup = [] }: RecordedCase, live: SetUp): Promise<void> {
  for (const { op, args } of setup) await make(String(op), isJsonObject(args) ? args : {}, live);
}

async function make(op: string, args: JsonObject, { client, call }: SetUp): Promise<void> {
  const text = (name: string): string => String(args[name]);
  switch (op) {
    case 'CREATE_BUCKET':
      return sent(s3(client).send(new CreateBucketCommand({ Bucket: text('Bucket') })));
    case 'put_object': {
      const [Bucket, Key, Body] = [text('Bucket'), text('Key'), text('Body')];
      return sent(s3(client).send(new PutObjectCommand({ Bucket, Key, Body })));
    }
    case 'CREATE_QUEUE':
      return sent(
        new SQSClient(client).send(new CreateQueueCommand({ QueueName: text('QueueName') })),
      );
    case 'CREATE_TOPIC': {
      const Attributes = textsOf(args['Attributes']);
      const command = new CreateTopicCommand({ Name: text('Name'), Attributes });
      return sent(new SNSClient(client).send(command));
    }
    case 'delete_topic':
      return sent(
        new SNSClient(client).send(new DeleteTopicCommand({ TopicArn: text('TopicArn') })),
      );
    case 'subscribe': {
      const [TopicArn, Protocol, Endpoint] = [text('TopicArn'), text('Protocol'), text('Endpoint')];
      const command = new SubscribeCommand({ TopicArn, Protocol, Endpoint });
      return sent(new SNSClient(client).send(command));
    }
    case 'CREATE_TABLE':
      return createTable(client, text('table_name'), text('partition_key'));
    case 'create_activity':
      return sent(call(op, args));
    case 'sfn_activity_consumer':
      return startConsumer(args, call);
    default:
      if (MADE_ELSEWHERE.has(op)) return undefined;
      throw new RangeError(`Cannot set up ${op}`);
  }
}

/** Functions are in the project; who answers tokens, stops or looks acts while the case runs, or after it. */
const MADE_ELSEWHERE: ReadonlySet<string> = new Set([
  'CREATE_FUNCTION',
  'create_cross_account_admin_role_and_policy',
  'events_to_sqs_queue',
  'get_object',
  'sqs_receive_num_messages',
  'sqs_send_task_failure_state_machine',
  'sqs_send_task_success_state_machine',
  'stop_execution',
  'update_state_machine',
]);

function s3(client: SetUp['client']): S3Client {
  return new S3Client({ ...client, forcePathStyle: true });
}

function textsOf(attributes: Json | undefined): Record<string, string> {
  const entries = isJsonObject(attributes) ? Object.entries(attributes) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

async function createTable(client: SetUp['client'], name: string, key: string): Promise<void> {
  const command = new CreateTableCommand({
    TableName: name,
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await new DynamoDBClient(client).send(command);
}

/** The worker of the case's activity was recorded as a state machine of its own. */
async function startConsumer({ template = null }: JsonObject, call: CallLive): Promise<void> {
  const { activities } = await call('list_activities', {});
  const activity = Array.isArray(activities) ? activities.at(-1) : undefined;
  const { activityArn = '', name = '' } = isJsonObject(activity) ? activity : {};
  const { stateMachineArn } = await call('create_state_machine', {
    name: `consumer-${String(name)}`,
    definition: JSON.stringify(template),
    roleArn: 'arn:aws:iam::111111111111:role/consumer',
  });
  const input = JSON.stringify({ ActivityArn: activityArn });
  await call('start_execution', { stateMachineArn, input });
}

async function sent(request: Promise<unknown>): Promise<void> {
  await request;
}
