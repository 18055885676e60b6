import { arnOf, stableDigits } from '../../stack.ts';
import type { Naming, Reading, ResourceType } from '../resource-type.ts';

export const databaseCluster: ResourceType = {
  type: 'AWS::RDS::DBCluster',
  nameProperty: 'DBClusterIdentifier',
  maxNameLength: 63,
  supported: [
    'DBClusterIdentifier',
    'Engine',
    'EngineVersion',
    'GlobalClusterIdentifier',
    'Tags',
    'EnableHttpEndpoint',
    'DatabaseName',
  ],
  inert: 'all',
  unresolved: ['MasterUserPassword'],
  identify: (naming) => {
    const identifier = naming.name.toLowerCase();
    const { stack, logicalId } = naming;
    const host = `${stableDigits(stack, 12, logicalId)}.${stack.region}.rds.amazonaws.com`;
    return {
      physicalId: identifier,
      ref: identifier,
      attributes: {
        DBClusterArn: arnOf(stack, 'rds', `cluster:${identifier}`),
        DBClusterResourceId: `cluster-${stableDigits(stack, 26, logicalId).toUpperCase()}`,
        'Endpoint.Address': `${identifier}.cluster-${host}`,
        'Endpoint.Port': naming.text('Port') ?? portOf(naming),
        'ReadEndpoint.Address': `${identifier}.cluster-ro-${host}`,
      },
    };
  },
  read: ({ properties, identity, resource }) => ({
    surroundings: [
      {
        kind: 'database-cluster',
        place: resource.place,
        identifier: identity.ref,
        engine: properties.requiredText('Engine'),
        engineVersion: properties.text('EngineVersion'),
        databaseName: properties.text('DatabaseName'),
        arn: identity.attributes['DBClusterArn'] ?? '',
        hasHttpEndpoint: properties.flag('EnableHttpEndpoint') === true,
        globalCluster: properties.text('GlobalClusterIdentifier'),
        tags: Object.fromEntries(
          properties.maps('Tags').map((tag) => [tag.requiredText('Key'), tag.text('Value') ?? '']),
        ),
      },
    ],
  }),
};

export const databaseInstance: ResourceType = {
  type: 'AWS::RDS::DBInstance',
  nameProperty: 'DBInstanceIdentifier',
  maxNameLength: 63,
  supported: [
    'AvailabilityZone',
    'DBClusterIdentifier',
    'DBInstanceClass',
    'DBInstanceIdentifier',
    'PromotionTier',
  ],
  inert: 'all',
  unresolved: ['MasterUserPassword'],
  identify: ({ name, stack, logicalId }) => {
    const identifier = name.toLowerCase();
    const host = `${stableDigits(stack, 12, logicalId)}.${stack.region}.rds.amazonaws.com`;
    return {
      physicalId: identifier,
      ref: identifier,
      attributes: {
        DBInstanceArn: arnOf(stack, 'rds', `db:${identifier}`),
        'Endpoint.Address': `${identifier}.${host}`,
        'Endpoint.Port': '5432',
      },
    };
  },
  read: readInstance,
};

/** An instance without a cluster is no Aurora, and is not simulated. */
function readInstance({ properties, identity, resource }: Reading) {
  const cluster = properties.text('DBClusterIdentifier');
  if (cluster === undefined) return {};
  return {
    surroundings: [
      {
        kind: 'database-instance' as const,
        place: resource.place,
        identifier: identity.ref,
        cluster: cluster.toLowerCase(),
        instanceClass: properties.requiredText('DBInstanceClass'),
        availabilityZone: properties.text('AvailabilityZone'),
        promotionTier: properties.number('PromotionTier'),
      },
    ],
  };
}

export const globalDatabase: ResourceType = {
  type: 'AWS::RDS::GlobalCluster',
  nameProperty: 'GlobalClusterIdentifier',
  maxNameLength: 63,
  supported: ['GlobalClusterIdentifier'],
  inert: 'all',
  identify: ({ name }) => {
    const identifier = name.toLowerCase();
    return { physicalId: identifier, ref: identifier, attributes: {} };
  },
  read: ({ identity, resource }) => ({
    surroundings: [{ kind: 'global-database', place: resource.place, identifier: identity.ref }],
  }),
};

function portOf({ text }: Naming): string {
  return text('Engine')?.includes('postgres') ? '5432' : '3306';
}
