import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { arnOf } from '../stack.ts';
import type { TableResource, TableStreamResource } from '../table-resource.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Identity, Naming, Reading, ResourceType } from './resource-type.ts';

/** Properties that go into CreateTable as they are. */
const CREATE_TABLE = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'ProvisionedThroughput',
];

/** A stream's ARN ends with when it was switched on; that of a template is known before it is there. */
const STREAM_LABEL = '2026-01-01T00:00:00.000';

export const dynamodbTable: ResourceType = {
  type: 'AWS::DynamoDB::Table',
  nameProperty: 'TableName',
  supported: [
    'DeletionProtectionEnabled',
    'PointInTimeRecoverySpecification',
    'StreamSpecification',
    'TableName',
    'TimeToLiveSpecification',
    ...CREATE_TABLE,
  ],
  inert: [
    'ContributorInsightsSpecification',
    'OnDemandThroughput',
    'ResourcePolicy',
    'SSESpecification',
    'TableClass',
    'Tags',
    'WarmThroughput',
  ],
  refused: {
    ImportSourceSpecification: 'it imports nothing from S3: put the items at start',
    KinesisStreamSpecification: 'it has no Kinesis streams',
  },
  identify,
  read: (reading) => ({ tables: [tableOf(reading, reading.properties)] }),
};

/** A table with replicas, as `cdk synth` writes it of its newer construct: that of the stack's Region is here. */
export const dynamodbGlobalTable: ResourceType = {
  type: 'AWS::DynamoDB::GlobalTable',
  nameProperty: 'TableName',
  supported: [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'Replicas',
    'StreamSpecification',
    'TableName',
    'TimeToLiveSpecification',
  ],
  inert: [
    'SSESpecification',
    'WarmThroughput',
    'WriteOnDemandThroughputSettings',
    'WriteProvisionedThroughputSettings',
  ],
  refused: { MultiRegionConsistency: 'it has one replica' },
  identify,
  read: (reading) => {
    const { properties, stack, report, resource } = reading;
    const replicas = properties.maps('Replicas');
    const own = replicas.find((replica) => replica.text('Region') === stack.region) ?? replicas[0];
    if (replicas.length > 1) {
      const subject = 'replicas in other Regions';
      const message = `${resource.type} ${resource.logicalId}: the rehearsal has one replica, and no ${subject}`;
      report.unrehearsed(properties.placeOf('Replicas'), { kind: 'property', subject }, message);
    }
    const table = tableOf(reading, own ?? properties);
    // Its capacity is scaled by policies, of which there are none here.
    const createTable = { ...table.createTable, BillingMode: 'PAY_PER_REQUEST' };
    return { tables: [{ ...table, createTable }] };
  },
};

function identify({ name, stack }: Naming): Identity {
  return {
    physicalId: name,
    ref: name,
    attributes: {
      Arn: arnOf(stack, 'dynamodb', `table/${name}`),
      StreamArn: arnOf(stack, 'dynamodb', `table/${name}/stream/${STREAM_LABEL}`),
    },
  };
}

/** `replica` has what is said of each Region's own table. */
function tableOf(
  { resource, name, identity, properties }: Reading,
  replica: PropertyReader,
): TableResource {
  const ttl = properties.map('TimeToLiveSpecification');
  const stream = properties.map('StreamSpecification');
  const recovery = replica.map('PointInTimeRecoverySpecification');
  return {
    logicalId: resource.logicalId,
    name,
    arn: identity.attributes['Arn'] ?? '',
    createTable: createTableOf(name, properties),
    timeToLiveAttribute:
      ttl.flag('Enabled') === true ? ttl.requiredText('AttributeName') : undefined,
    stream: properties.has('StreamSpecification')
      ? { view: viewOf(stream), label: STREAM_LABEL }
      : undefined,
    isDeletionProtected: replica.flag('DeletionProtectionEnabled') === true,
    isRecoverable: recovery.flag('PointInTimeRecoveryEnabled') === true,
  };
}

const VIEWS = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;

function viewOf(stream: PropertyReader): TableStreamResource['view'] {
  stream.requiredText('StreamViewType');
  return stream.choice('StreamViewType', VIEWS, 'NEW_AND_OLD_IMAGES');
}

function createTableOf(name: string, properties: PropertyReader): JsonObject {
  for (const needed of ['AttributeDefinitions', 'KeySchema']) {
    if (!properties.has(needed)) properties.refuse(needed, `it needs ${needed}`);
  }
  const input: Record<string, Json> = { TableName: name };
  for (const property of CREATE_TABLE) {
    const value = properties.json(property);
    if (value !== undefined) input[property] = withNumbers(value);
  }
  return input;
}

/** Capacity units may be given by a parameter, as text. */
function withNumbers(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withNumbers(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key.endsWith('CapacityUnits') ? Number(item) : withNumbers(item),
    ]),
  );
}
