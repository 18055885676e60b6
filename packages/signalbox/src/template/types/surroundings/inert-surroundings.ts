import { arnOf, globalArnOf, type Stack, stableDigits, stableUuid } from '../../stack.ts';
import type { Identity, Naming, ResourceType } from '../resource-type.ts';

/**
 * Types of networks, caches and edges that nothing in a rehearsal simulates: each has the `Ref` and the
 * attributes that the CloudFormation Template Reference gives it.
 */
export const INERT_SURROUNDINGS: readonly ResourceType[] = [
  ec2('EIP', 'eipalloc', ({ ref }) => ({ AllocationId: ref, PublicIp: '198.51.100.1' })),
  ec2('FlowLog', 'fl', ({ ref }) => ({ Id: ref })),
  ec2('InternetGateway', 'igw', ({ ref }) => ({ InternetGatewayId: ref })),
  ec2('LaunchTemplate', 'lt', ({ ref }) => ({
    LaunchTemplateId: ref,
    DefaultVersionNumber: '1',
    LatestVersionNumber: '1',
  })),
  ec2('NatGateway', 'nat', ({ ref }) => ({ NatGatewayId: ref })),
  ec2('Route', 'r', () => ({})),
  ec2('RouteTable', 'rtb', ({ ref }) => ({ RouteTableId: ref })),
  ec2('SecurityGroup', 'sg', ({ ref }) => ({ GroupId: ref, Id: ref })),
  ec2('SecurityGroupEgress', 'sgr', ({ ref }) => ({ Id: ref })),
  ec2('SecurityGroupIngress', 'sgr', ({ ref }) => ({ Id: ref })),
  {
    ...ec2('Subnet', 'subnet', ({ ref }) => ({ SubnetId: ref })),
    read: ({ properties, identity, resource, stack }) => ({
      surroundings: [
        {
          kind: 'subnet',
          place: resource.place,
          id: identity.ref,
          availabilityZone: properties.text('AvailabilityZone') ?? `${stack.region}a`,
        },
      ],
    }),
  },
  ec2('SubnetRouteTableAssociation', 'rtbassoc', ({ ref }) => ({ Id: ref })),
  ec2('VPC', 'vpc', ({ ref }) => ({ VpcId: ref })),
  ec2('VPCEndpoint', 'vpce', ({ ref }) => ({ Id: ref })),
  ec2('VPCGatewayAttachment', 'attachment', () => ({})),
  inert('AWS::AutoScaling::ScalingPolicy', ({ stack, logicalId }) => {
    const policy = `scalingPolicy:${stableUuid(stack, logicalId)}`;
    const arn = arnOf(stack, 'autoscaling', policy);
    return { ref: arn, attributes: { Arn: arn, PolicyName: logicalId } };
  }),
  inert('AWS::CloudFront::CachePolicy', withUuid),
  inert('AWS::CloudFront::Distribution', ({ stack, logicalId }) => {
    const id = `E${stableDigits(stack, 13, logicalId).toUpperCase()}`;
    return { ref: id, attributes: { Id: id, DomainName: `${id.toLowerCase()}.cloudfront.net` } };
  }),
  inert('AWS::CloudFront::OriginAccessControl', withUuid),
  inert('AWS::CloudFront::ResponseHeadersPolicy', withUuid),
  {
    ...inert('AWS::ElastiCache::ReplicationGroup', ({ name, text, stack }) => {
      const id = (text('ReplicationGroupId') ?? name).toLowerCase();
      const host = `${id}.${stableDigits(stack, 6, id)}.cache.amazonaws.com`;
      return {
        ref: id,
        attributes: {
          'PrimaryEndPoint.Address': `master.${host}`,
          'PrimaryEndPoint.Port': text('Port') ?? '6379',
          'ReaderEndPoint.Address': `replica.${host}`,
          'ReaderEndPoint.Port': text('Port') ?? '6379',
        },
      };
    }),
    unresolved: ['AuthToken'],
    read: ({ properties, resource }) => ({
      surroundings: [
        {
          kind: 'cache-group',
          place: resource.place,
          nodeType: properties.text('CacheNodeType') ?? '',
          nodes:
            (properties.number('NumNodeGroups') ?? 1) *
            (1 + (properties.number('ReplicasPerNodeGroup') ?? 0)),
        },
      ],
    }),
  },
  inert('AWS::ElastiCache::SubnetGroup', ({ name }) => ({
    ref: name.toLowerCase(),
    attributes: {},
  })),
  inert('AWS::ElasticLoadBalancingV2::Listener', ({ stack, logicalId }) => {
    const arn = balancing(stack, `listener/app/balancer/${digits(stack, logicalId)}`);
    return { ref: arn, attributes: { ListenerArn: arn } };
  }),
  inert('AWS::ElasticLoadBalancingV2::LoadBalancer', ({ stack, logicalId, name }) => {
    const fullName = `app/${name.slice(0, 32)}/${digits(stack, logicalId)}`;
    const arn = balancing(stack, `loadbalancer/${fullName}`);
    return {
      ref: arn,
      attributes: {
        CanonicalHostedZoneID: 'Z35SXDOTRQ7X7K',
        DNSName: `${logicalId.toLowerCase()}-${digits(stack, logicalId)}.${stack.region}.elb.amazonaws.com`,
        LoadBalancerArn: arn,
        LoadBalancerFullName: fullName,
        LoadBalancerName: name.slice(0, 32),
      },
    };
  }),
  inert('AWS::ElasticLoadBalancingV2::TargetGroup', ({ stack, logicalId, name }) => {
    const fullName = `targetgroup/${name.slice(0, 32)}/${digits(stack, logicalId)}`;
    const arn = balancing(stack, fullName);
    return { ref: arn, attributes: { TargetGroupArn: arn, TargetGroupFullName: fullName } };
  }),
  inert('AWS::IAM::InstanceProfile', ({ name, stack }) => ({
    ref: name,
    attributes: { Arn: globalArnOf(stack, 'iam', `instance-profile/${name}`) },
  })),
  inert('AWS::RDS::DBClusterParameterGroup', ({ name }) => ({
    ref: name.toLowerCase(),
    attributes: {},
  })),
  inert('AWS::RDS::DBSubnetGroup', ({ name }) => ({ ref: name.toLowerCase(), attributes: {} })),
  inert('AWS::SecretsManager::RotationSchedule', ({ text }) => ({
    ref: text('SecretId') ?? '',
    attributes: {},
  })),
  inert('AWS::SecretsManager::SecretTargetAttachment', ({ text }) => ({
    ref: text('SecretId') ?? '',
    attributes: {},
  })),
  inert('AWS::WAFv2::WebACL', ({ stack, logicalId, name }) => {
    const id = stableUuid(stack, logicalId);
    const arn = arnOf(stack, 'wafv2', `regional/webacl/${name}/${id}`);
    return { ref: `${name}|${id}|REGIONAL`, attributes: { Arn: arn, Id: id } };
  }),
  inert('AWS::WAFv2::WebACLAssociation', withUuid),
];

type Referred = Pick<Identity, 'ref' | 'attributes'>;

function inert(type: string, identify: (naming: Naming) => Referred): ResourceType {
  return {
    type,
    supported: [],
    inert: 'all',
    identify: (naming) => {
      const { ref, attributes } = identify(naming);
      return { physicalId: ref, ref, attributes };
    },
  };
}

function ec2(
  name: string,
  prefix: string,
  attributesOf: (own: { readonly ref: string }) => Readonly<Record<string, string>>,
): ResourceType {
  return inert(`AWS::EC2::${name}`, ({ stack, logicalId }) => {
    const ref = `${prefix}-0${digits(stack, logicalId)}`;
    return { ref, attributes: attributesOf({ ref }) };
  });
}

function withUuid({ stack, logicalId }: Naming): Referred {
  const id = stableUuid(stack, logicalId);
  return { ref: id, attributes: { Id: id } };
}

function balancing(stack: Stack, resource: string): string {
  return arnOf(stack, 'elasticloadbalancing', resource);
}

function digits(stack: Stack, logicalId: string): string {
  return stableDigits(stack, 16, logicalId);
}
