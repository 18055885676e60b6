import { AwsError } from '../core/aws-error.ts';
import type { JsonObject } from '../core/json.ts';
import { invalid } from '../core/user-error.ts';
import type { DynamoDb } from '../services/dynamodb/dynamodb.ts';
import type { Logs } from '../services/logs/logs.ts';
import type { S3 } from '../services/s3/s3.ts';
import type { SecretsManager } from '../services/secrets-manager/secrets-manager.ts';
import type { Sns } from '../services/sns/sns.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import type { Ssm } from '../services/ssm/ssm.ts';
import type { App } from '../template/app.ts';
import type { TableResource } from '../template/table-resource.ts';

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

/** What a service refuses is a mistake of the template. @throws {UserError} `invalid` */
async function takenBy(what: string, make: () => void | Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid([{ path: what, message: `AWS refuses it: ${error.name}: ${error.message}` }]);
  }
}

/**
 * Makes the template's resources, or brings those that are there up to date; nothing is taken away.
 * As CloudFormation does: what somebody has changed meanwhile stays, unless the template changes it
 * too. `provisioned` keeps what the template said of each resource.
 */
export async function provision(
  services: ResourceServices,
  app: App,
  provisioned: Map<string, string>,
): Promise<void> {
  async function follow<T>(
    kind: string,
    resources: readonly T[],
    nameOf: (one: T) => string,
    make: (one: T) => void | Promise<void>,
  ): Promise<void> {
    for (const resource of resources) {
      const key = `${kind}/${nameOf(resource)}`;
      // A line that moves is no change.
      const text = JSON.stringify(resource, (name, value) =>
        name === 'place' ? undefined : value,
      );
      if (provisioned.get(key) === text) continue;
      await takenBy(`${kind} ${nameOf(resource)}`, () => make(resource));
      provisioned.set(key, text);
    }
  }
  const byName = ({ name }: { readonly name: string }): string => name;
  await follow('queue', app.queues, byName, services.sqs.createQueue);
  await follow('topic', app.topics, byName, services.sns.createTopic);
  for (const { logGroup } of app.functions) services.logs.createLogGroup(logGroup);
  for (const bucket of app.buckets) services.s3.createBucket(bucket, app.region);
  await follow('secret', app.secrets, byName, services.secretsManager.createSecret);
  await follow('parameter', app.ssmParameters, byName, services.ssm.createParameter);
  const tableName = ({ createTable }: { readonly createTable: JsonObject }) =>
    String(createTable['TableName']);
  const isKnown = (table: TableResource): boolean => provisioned.has(`stream/${tableName(table)}`);
  refuseReplicas(
    services,
    app.tables.filter((table) => !isKnown(table)),
  );
  await Promise.all(app.tables.map((table) => services.dynamoDb.createTable(table)));
  await follow('stream', app.tables, tableName, services.dynamoDb.setStream);
  await follow('time-to-live', app.tables, tableName, services.dynamoDb.setTimeToLive);
  await follow(
    'deletion-protection',
    app.tables,
    tableName,
    services.dynamoDb.setDeletionProtection,
  );
  await follow('table-settings', app.tables, tableName, services.dynamoDb.setSettings);
  await follow('replicas', app.tables.filter(isGlobal), tableName, services.dynamoDb.setReplicas);
  // In memory alone: it begins anew with each process.
  for (const table of app.tables) await services.dynamoDb.setPointInTimeRecovery(table);
}

function isGlobal({ replicas }: TableResource): boolean {
  return replicas.length > 0;
}

/**
 * AWS: a stack cannot create a table that another stack's global table has in its Region already.
 * @throws {UserError} `invalid`
 */
function refuseReplicas(
  { dynamoDb }: Pick<ResourceServices, 'dynamoDb'>,
  tables: readonly TableResource[],
): void {
  const problems = tables
    .filter(({ name }) => dynamoDb.isReplicaOfOther(name))
    .map(({ name, place }) => ({
      ...place,
      path: `table ${name}`,
      message: `AWS refuses it: Table already exists: ${name}: it is a replica that the stack of another Region has made. Give the resource a Condition by which one stack alone has it`,
    }));
  if (problems.length > 0) throw invalid(problems);
}
