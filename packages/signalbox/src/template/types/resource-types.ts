import { activity } from './activity.ts';
import { alarm, compositeAlarm } from './alarm.ts';
import { httpApi, httpApiStage } from './api/http-api.ts';
import { httpAuthorizer, httpIntegration, httpRoute } from './api/http-route.ts';
import {
  apiKey,
  restAccount,
  restApi,
  restAuthorizer,
  restDeployment,
  restMethod,
  restResource,
  restStage,
} from './api/rest-api.ts';
import { apiDestination } from './api-destination.ts';
import { archive } from './archive.ts';
import { bucket } from './bucket/bucket.ts';
import { bucketPolicy } from './bucket/bucket-policy.ts';
import { connection } from './connection.ts';
import { dynamodbGlobalTable, dynamodbTable } from './dynamodb-table.ts';
import { eventBus } from './event-bus.ts';
import { INERT_TYPES } from './inert.ts';
import { eventInvokeConfig } from './lambda/event-invoke-config.ts';
import { eventSourceMapping } from './lambda/event-source-mapping.ts';
import { lambdaFunction } from './lambda/lambda-function.ts';
import { layerVersion } from './lambda/layer-version.ts';
import { alias, version } from './lambda/qualifiers.ts';
import { nestedStack } from './nested-stack.ts';
import { pipe } from './pipe.ts';
import { queue } from './queue.ts';
import { queuePolicy } from './queue-policy.ts';
import type { ResourceType } from './resource-type.ts';
import { managedPolicy, policy, role } from './role.ts';
import { rule } from './rule.ts';
import { schedule, scheduleGroup } from './schedule.ts';
import { secret } from './secret.ts';
import { ssmParameter } from './ssm-parameter.ts';
import { stateMachine } from './state-machine.ts';
import { subscription } from './subscription.ts';
import { databaseCluster, databaseInstance, globalDatabase } from './surroundings/database.ts';
import { healthCheck, hostedZone, recordSet } from './surroundings/dns.ts';
import { INERT_SURROUNDINGS } from './surroundings/inert-surroundings.ts';
import { scalingGroup } from './surroundings/scaling-group.ts';
import { topic } from './topic.ts';
import { unknownType } from './unknown-type.ts';

const TYPES: readonly ResourceType[] = [
  activity,
  alias,
  alarm,
  apiDestination,
  apiKey,
  archive,
  bucket,
  compositeAlarm,
  connection,
  databaseCluster,
  databaseInstance,
  dynamodbGlobalTable,
  dynamodbTable,
  eventBus,
  eventInvokeConfig,
  eventSourceMapping,
  globalDatabase,
  healthCheck,
  hostedZone,
  httpApi,
  httpApiStage,
  httpAuthorizer,
  httpIntegration,
  httpRoute,
  lambdaFunction,
  layerVersion,
  managedPolicy,
  nestedStack,
  pipe,
  policy,
  queue,
  queuePolicy,
  bucketPolicy,
  recordSet,
  restAccount,
  restApi,
  restAuthorizer,
  restDeployment,
  restMethod,
  restResource,
  restStage,
  role,
  rule,
  scalingGroup,
  schedule,
  scheduleGroup,
  secret,
  ssmParameter,
  stateMachine,
  subscription,
  topic,
  version,
  ...INERT_TYPES,
  ...INERT_SURROUNDINGS,
];

const SERVERLESS = [
  'Api',
  'Application',
  'Connector',
  'Function',
  'HttpApi',
  'LayerVersion',
  'SimpleTable',
  'StateMachine',
];

const BY_NAME = new Map(TYPES.map((known) => [known.type, known]));

/** Finds what the rehearsal knows of a resource type; one that it does not know does nothing. */
export function resourceTypeOf(type: string): ResourceType {
  return BY_NAME.get(type) ?? unknownType(type);
}

/** Every type that a template may name, SAM's among them. */
export const TYPE_NAMES: readonly string[] = [
  ...TYPES.map(({ type }) => type),
  ...SERVERLESS.map((name) => `AWS::Serverless::${name}`),
];
