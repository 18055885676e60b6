import { isRegionName } from '../../core/in-region.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { arnOf } from '../stack.ts';
import type { TableReplica, TableResource, TableStreamResource } from '../table-resource.ts';
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
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'TableName',
    'TimeToLiveSpecification',
    ...CREATE_TABLE,
  ],
  inert: [
    'ContributorInsightsSpecification',
    'OnDemandThroughput',
    'ResourcePolicy',
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

/** A table with replicas in several Regions, as `cdk synth` writes it of its newer construct. */
export const dynamodbGlobalTable: ResourceType = {
  type: 'AWS::DynamoDB::GlobalTable',
  nameProperty: 'TableName',
  supported: [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'MultiRegionConsistency',
    'Replicas',
    'SSESpecification',
    'StreamSpecification',
    'TableName',
    'TimeToLiveSpecification',
  ],
  inert: [
    'WarmThroughput',
    'WriteOnDemandThroughputSettings',
    'WriteProvisionedThroughputSettings',
  ],
  identify,
  read: (reading) => {
    const { properties, stack } = reading;
    if (properties.text('MultiRegionConsistency') === 'STRONG') {
      properties.refuse(
        'MultiRegionConsistency',
        'STRONG is not rehearsed: replicas agree some time later',
      );
    }
    const all = properties.maps('Replicas');
    const own = all.find((replica) => replica.text('Region') === stack.region);
    const others = all.filter((replica) => replica !== own);
    refuseReplicas(reading, own, others);
    const table = tableOf(reading, own ?? properties);
    // Its capacity is scaled by policies, of which there are none here.
    const createTable = { ...table.createTable, BillingMode: 'PAY_PER_REQUEST' };
    return { tables: [{ ...table, createTable, replicas: others.map(replicaIn(properties)) }] };
  },
};

/** What CloudFormation refuses of the replicas, in its own words where they are known. */
function refuseReplicas(
  { properties, stack }: Reading,
  own: PropertyReader | undefined,
  others: readonly PropertyReader[],
): void {
  const regions = [own, ...others].map((replica) => replica?.text('Region'));
  if (own === undefined) {
    properties.refuse(
      'Replicas',
      `the Replicas section must contain an entry for the current region, ${stack.region}`,
    );
  }
  for (const [at, replica] of others.entries()) {
    const region = replica.requiredText('Region');
    if (region !== '' && !isRegionName(region))
      replica.refuse('Region', `"${region}" is no Region`);
    if (regions.indexOf(region) <= at) replica.refuse('Region', `${region} has two replicas`);
  }
  if (others.length > 0 && !properties.has('StreamSpecification')) {
    properties.refuse(
      'Replicas',
      'it needs a StreamSpecification, since it has more than one replica',
    );
  }
}

function replicaIn(table: PropertyReader): (replica: PropertyReader) => TableReplica {
  return (replica) => ({ region: replica.text('Region') ?? '', ...ownOf(table, replica) });
}

/** What each replica has of its own; all of them are encrypted or none, each with a key of its own. */
function ownOf(table: PropertyReader, replica: PropertyReader): Omit<TableReplica, 'region'> {
  const recovery = replica.map('PointInTimeRecoverySpecification');
  return {
    isDeletionProtected: replica.flag('DeletionProtectionEnabled') === true,
    isRecoverable: recovery.flag('PointInTimeRecoveryEnabled') === true,
    settings: settingsOf(table, replica),
  };
}

/** CloudFormation says `SSEEnabled` where CreateTable says `Enabled`. */
function settingsOf(table: PropertyReader, replica: PropertyReader): JsonObject {
  const encryption = table.map('SSESpecification');
  const key = replica.has('SSESpecification') ? replica.map('SSESpecification') : encryption;
  const SSESpecification = present({
    Enabled: encryption.flag('SSEEnabled'),
    SSEType: encryption.text('SSEType'),
    KMSMasterKeyId: key.text('KMSMasterKeyId'),
  });
  return {
    ...(table.has('SSESpecification') && { SSESpecification }),
    ...present({ TableClass: replica.text('TableClass') }),
  };
}

function present(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

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
  return {
    logicalId: resource.logicalId,
    name,
    arn: identity.attributes['Arn'] ?? '',
    place: { file: resource.place.file, line: resource.place.line },
    createTable: createTableOf(name, properties),
    timeToLiveAttribute:
      ttl.flag('Enabled') === true ? ttl.requiredText('AttributeName') : undefined,
    stream: properties.has('StreamSpecification')
      ? { view: viewOf(stream), label: STREAM_LABEL }
      : undefined,
    ...ownOf(properties, replica),
    replicas: [],
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
