import { stableDigits, stableUuid } from '../../stack.ts';
import type { ResourceType } from '../resource-type.ts';

export const healthCheck: ResourceType = {
  type: 'AWS::Route53::HealthCheck',
  supported: ['HealthCheckConfig'],
  inert: ['HealthCheckTags'],
  identify: ({ stack, logicalId }) => {
    const id = stableUuid(stack, logicalId);
    return { physicalId: id, ref: id, attributes: { HealthCheckId: id } };
  },
  read: ({ properties, identity, resource }) => ({
    surroundings: [
      {
        kind: 'health-check',
        place: resource.place,
        id: identity.ref,
        config: properties.jsonObject('HealthCheckConfig') ?? {},
      },
    ],
  }),
};

export const hostedZone: ResourceType = {
  type: 'AWS::Route53::HostedZone',
  supported: ['Name'],
  inert: 'all',
  identify: ({ stack, logicalId }) => {
    const id = `Z${stableDigits(stack, 19, logicalId).toUpperCase()}`;
    return { physicalId: id, ref: id, attributes: { Id: id } };
  },
  read: ({ properties, identity, resource }) => ({
    surroundings: [
      {
        kind: 'hosted-zone',
        place: resource.place,
        id: identity.ref,
        name: properties.requiredText('Name'),
      },
    ],
  }),
};

/** Properties of records that are chosen by more than health; a zone is known by its id. */
const NOT_SIMULATED = [
  'CidrRoutingConfig',
  'GeoLocation',
  'GeoProximityLocation',
  'HostedZoneName',
  'MultiValueAnswer',
  'Region',
  'Weight',
];

export const recordSet: ResourceType = {
  type: 'AWS::Route53::RecordSet',
  supported: [
    'AliasTarget',
    'Failover',
    'HealthCheckId',
    'HostedZoneId',
    'Name',
    'ResourceRecords',
    'SetIdentifier',
    'TTL',
    'Type',
  ],
  inert: 'all',
  identify: ({ text }) => {
    const name = text('Name') ?? '';
    return {
      physicalId: `${name}/${text('Type') ?? ''}/${text('SetIdentifier') ?? ''}`,
      ref: name,
      attributes: {},
    };
  },
  read: ({ properties, resource }) => {
    if (NOT_SIMULATED.some((name) => properties.has(name))) return {};
    const alias = properties.map('AliasTarget');
    return {
      surroundings: [
        {
          kind: 'dns-record',
          place: resource.place,
          hostedZoneId: properties.requiredText('HostedZoneId'),
          name: properties.requiredText('Name'),
          type: properties.requiredText('Type'),
          failover: properties.text('Failover'),
          setIdentifier: properties.text('SetIdentifier'),
          healthCheckId: properties.text('HealthCheckId'),
          alias: properties.has('AliasTarget')
            ? {
                hostedZoneId: alias.requiredText('HostedZoneId'),
                dnsName: alias.requiredText('DNSName'),
              }
            : undefined,
          ttlSeconds: properties.number('TTL'),
          values: properties.has('ResourceRecords')
            ? properties.texts('ResourceRecords')
            : undefined,
        },
      ],
    };
  },
};
