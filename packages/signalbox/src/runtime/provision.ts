import type { DynamoDb } from '../services/dynamodb/dynamodb.ts';
import type { Logs } from '../services/logs/logs.ts';
import type { S3 } from '../services/s3/s3.ts';
import type { SecretsManager } from '../services/secrets-manager/secrets-manager.ts';
import type { Sns } from '../services/sns/sns.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import type { Ssm } from '../services/ssm/ssm.ts';
import type { App } from '../template/app.ts';

/** The services in which a template has resources. */
export interface ResourceServices {
  readonly sqs: Sqs;
  readonly sns: Sns;
  readonly dynamoDb: DynamoDb;
  readonly s3: S3;
  readonly secretsManager: SecretsManager;
  readonly ssm: Ssm;
  readonly logs: Logs;
}

/** Makes the template's resources, or brings those that are there up to date; nothing is taken away. */
export async function provision(services: ResourceServices, app: App): Promise<void> {
  for (const queue of app.queues) services.sqs.createQueue(queue);
  for (const topic of app.topics) services.sns.createTopic(topic);
  for (const { logGroup } of app.functions) services.logs.createLogGroup(logGroup);
  for (const bucket of app.buckets) services.s3.createBucket(bucket);
  for (const secret of app.secrets) services.secretsManager.createSecret(secret);
  for (const parameter of app.ssmParameters) services.ssm.createParameter(parameter);
  await Promise.all(app.tables.map((table) => services.dynamoDb.createTable(table)));
}
