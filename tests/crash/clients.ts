import {
  CloudFormationClient,
  ListStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ClientOptions } from '../../packages/signalbox/src/core/client-options.ts';

/** The clients of a process that serves, and the names of what it has. */
export interface Clients {
  readonly url: string;
  readonly client: ClientOptions;
  /** The physical id of a resource of the template. @throws {RangeError} When there is none. */
  physicalId(logicalId: string): string;
  readonly events: EventBridgeClient;
  readonly objects: S3Client;
  readonly parameters: SSMClient;
  readonly queues: SQSClient;
  readonly schedules: SchedulerClient;
  readonly secrets: SecretsManagerClient;
  readonly states: SFNClient;
  readonly tables: DynamoDBDocumentClient;
}

/** Makes the clients of an endpoint; a call whose response is lost is not made again. */
export async function openClients(url: string): Promise<Clients> {
  const client: ClientOptions = {
    endpoint: url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' },
  };
  const ids = await physicalIds(new CloudFormationClient(client));
  return {
    url,
    client,
    physicalId(logicalId) {
      const id = ids.get(logicalId);
      if (id === undefined) throw new RangeError(`The template has no ${logicalId}`);
      return id;
    },
    events: new EventBridgeClient(client),
    objects: new S3Client({ ...client, forcePathStyle: true }),
    parameters: new SSMClient(client),
    queues: new SQSClient(client),
    schedules: new SchedulerClient(client),
    secrets: new SecretsManagerClient(client),
    states: new SFNClient(client),
    tables: DynamoDBDocumentClient.from(new DynamoDBClient(client)),
  };
}

/** The physical ids of all stacks' resources by their logical ids, which differ in this project. */
async function physicalIds(client: CloudFormationClient): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
  for (const { StackName } of StackSummaries) {
    for await (const page of paginateListStackResources({ client }, { StackName })) {
      for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
        if (LogicalResourceId !== undefined && PhysicalResourceId !== undefined) {
          ids.set(LogicalResourceId, PhysicalResourceId);
        }
      }
    }
  }
  return ids;
}
