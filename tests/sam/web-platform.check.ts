import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { list, objectAt, propertiesOf, templates } from './templates.ts';

const network = (id: string) => propertiesOf('Network', id);
const webTier = (id: string) => propertiesOf('WebTier', id);
const dataTier = (id: string) => propertiesOf('DataTier', id);
const edge = (id: string) => propertiesOf('Edge', id);
const groupOf = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });

describe('the network', () => {
  test.each([
    ['PublicSubnetA', 1, 0],
    ['PublicSubnetB', 2, 1],
    ['PrivateSubnetA', 10, 0],
    ['PrivateSubnetB', 20, 1],
    ['DatabaseSubnetA', 100, 0],
    ['DatabaseSubnetB', 200, 1],
  ])('%s is 10.0.%i.0/24 in zone %i', (id, third, zone) => {
    expect(network('Vpc')['CidrBlock']).toEqual({ 'Fn::Sub': '10.${NetworkNumber}.0.0/16' });
    expect(network(id)).toMatchObject({
      CidrBlock: { 'Fn::Sub': `10.\${NetworkNumber}.${third}.0/24` },
      AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
    });
  });

  test.each([
    ['AppFromWeb', 'AppSecurityGroup', 8080, 'WebSecurityGroup'],
    ['DatabaseFromApp', 'DatabaseSecurityGroup', 5432, 'AppSecurityGroup'],
    ['CacheFromApp', 'CacheSecurityGroup', 6379, 'AppSecurityGroup'],
  ])('%s lets %s in at %i from %s, by reference', (rule, group, port, source) => {
    expect(network(rule)).toMatchObject({
      GroupId: groupOf(group),
      FromPort: port,
      ToPort: port,
      SourceSecurityGroupId: groupOf(source),
    });
    expect(network(group)).not.toHaveProperty('SecurityGroupIngress');
  });

  test('lets everybody in at 80 and 443 of the load balancer, and nowhere else', () => {
    const open = list(network('WebSecurityGroup')['SecurityGroupIngress']);
    expect(open).toMatchObject([
      { FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' },
      { FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
    ]);
    const text = JSON.stringify(objectAt(objectAt(templates, 'Network'), 'Resources'));
    expect(text.match(/"SecurityGroupIngress":\[\{[^\]]*0\.0\.0\.0\/0/g)).toHaveLength(1);
  });

  test('gives the databases no way out, and logs every flow', () => {
    const all = objectAt(objectAt(templates, 'Network'), 'Resources');
    const routes = Object.values(all).filter((one) =>
      JSON.stringify(one).includes('DestinationCidrBlock'),
    );
    expect(JSON.stringify(routes)).not.toContain('DatabaseRoutes');
    expect(network('FlowLog')).toMatchObject({ ResourceType: 'VPC', TrafficType: 'ALL' });
  });
});

describe('the web tier', () => {
  test('redirects 80 to 443 by HTTP_301, and speaks TLS 1.2 or later', () => {
    expect(webTier('LoadBalancer')).toMatchObject({ Scheme: 'internet-facing' });
    expect(webTier('HttpListener')).toMatchObject({
      Port: 80,
      DefaultActions: [
        {
          Type: 'redirect',
          RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' },
        },
      ],
    });
    expect(webTier('HttpsListener')).toMatchObject({
      Port: 443,
      SslPolicy: expect.stringMatching(/^ELBSecurityPolicy-TLS13-1-2-/),
    });
  });

  test('has its base on demand, and what is above on Spot where there is most of it', () => {
    expect(webTier('ServerGroup')).toMatchObject({
      HealthCheckType: 'ELB',
      CapacityRebalance: true,
      MetricsCollection: [{ Granularity: '1Minute' }],
      MixedInstancesPolicy: {
        InstancesDistribution: {
          OnDemandBaseCapacity: { Ref: 'WebTierOnDemandBase' },
          SpotAllocationStrategy: 'capacity-optimized',
        },
      },
    });
  });

  test('launches servers with IMDSv2 and encrypted volumes, and without SSH', () => {
    const template = objectAt(webTier('ServerTemplate'), 'LaunchTemplateData');
    expect(template).toMatchObject({
      MetadataOptions: { HttpTokens: 'required' },
      BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
    });
    expect(template).not.toHaveProperty('KeyName');
    expect(JSON.stringify(webTier('ServerRole'))).toContain('AmazonSSMManagedInstanceCore');
  });

  test('carries web/server.mjs word for word, within the 16 KB of user data', () => {
    const data = objectAt(
      objectAt(objectAt(webTier('ServerTemplate'), 'LaunchTemplateData'), 'UserData'),
      'Fn::Base64',
    );
    const [, lines] = list(data['Fn::Join']);
    expect(list(lines)).toContain(readFileSync('web/server.mjs', 'utf8'));
    expect(Buffer.byteLength(JSON.stringify(lines))).toBeLessThan(16_384);
  });

  test('adds 2 above 70 %, takes 1 below 30 %, and rests 300 s; or holds 50 %', () => {
    expect(webTier('AddTwo')).toMatchObject({ ScalingAdjustment: 2, Cooldown: '300' });
    expect(webTier('TakeOne')).toMatchObject({ ScalingAdjustment: -1, Cooldown: '300' });
    expect(webTier('WebTierBusyAlarm')).toMatchObject({ Threshold: 70 });
    expect(webTier('WebTierIdleAlarm')).toMatchObject({ Threshold: 30 });
    expect(webTier('HoldFiftyPercent')).toMatchObject({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: { TargetValue: 50 },
    });
    const all = objectAt(objectAt(templates, 'WebTier'), 'Resources');
    const conditionOf = (id: string) => objectAt(all, id)['Condition'];
    expect([conditionOf('AddTwo'), conditionOf('HoldFiftyPercent')]).toEqual([
      'TakesSteps',
      'TracksTarget',
    ]);
  });
});

describe('the data tier', () => {
  test('is Aurora PostgreSQL with writer and reader in two zones, encrypted, with the Data API', () => {
    expect(dataTier('DatabaseCluster')).toMatchObject({
      Engine: 'aurora-postgresql',
      StorageEncrypted: true,
      EnableHttpEndpoint: true,
      DeletionProtection: { 'Fn::If': ['IsProduction', true, false] },
    });
    for (const [id, zone] of [
      ['DatabaseWriter', 0],
      ['DatabaseReader', 1],
    ] as const) {
      expect(dataTier(id)).toMatchObject({
        EnablePerformanceInsights: true,
        PubliclyAccessible: false,
        AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
      });
    }
  });

  test('rotates the password of the database', () => {
    expect(dataTier('DatabaseSecretRotation')).toMatchObject({
      HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' },
    });
  });

  test('has a cache in two zones, encrypted at rest and in transit', () => {
    expect(dataTier('Cache')).toMatchObject({
      MultiAZEnabled: true,
      AutomaticFailoverEnabled: true,
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
    });
  });
});

describe('the edge', () => {
  test('serves HTTP/2 and 3 by TLS 1.2, and static files by origin access control only', () => {
    const { DistributionConfig: config } = edge('Distribution');
    expect(config).toMatchObject({
      HttpVersion: 'http2and3',
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' },
    });
    expect(JSON.stringify(config)).toContain('OriginAccessControlId');
  });

  test('keeps logs 30 days at hand, 90 to GLACIER, 365 to DEEP_ARCHIVE, and aborts uploads', () => {
    expect(objectAt(edge('EdgeLogs'), 'LifecycleConfiguration')['Rules']).toMatchObject([
      {
        Transitions: [
          { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
          { StorageClass: 'GLACIER', TransitionInDays: 90 },
          { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 365 },
        ],
      },
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    ]);
  });

  test('stops a Region by an object in the other one, which an inverted check watches', () => {
    expect(edge('NotStopped')['HealthCheckConfig']).toMatchObject({
      Inverted: true,
      ResourcePath: { 'Fn::Sub': '/stop-${AWS::Region}' },
      FullyQualifiedDomainName: {
        'Fn::Sub': expect.stringContaining('${PeerRegion}.s3.${PeerRegion}'),
      },
    });
    expect(edge('OriginRecord')).toMatchObject({
      Failover: { 'Fn::If': ['IsPrimary', 'PRIMARY', 'SECONDARY'] },
      HealthCheckId: { Ref: 'NotStopped' },
      AliasTarget: { EvaluateTargetHealth: true },
    });
  });
});

describe('the whole', () => {
  test('is off by default, and names failovers nothing by hand where it is on', () => {
    const parameters = objectAt(objectAt(templates, 'Root'), 'Parameters');
    for (const name of ['DeployNetwork', 'DeployWebTier', 'DeployDataTier', 'DeployEdge']) {
      expect(objectAt(parameters, name)['Default']).toBe('false');
    }
    const given = objectAt(propertiesOf('Root', 'Failover'), 'Parameters');
    for (const name of [
      'WebDatabaseCluster',
      'WebGlobalMember',
      'WebTierGroup',
      'StandbyBucket',
      'StopHereObjectKey',
      'PeerStandbyBucket',
    ]) {
      expect(JSON.stringify(given[name])).toMatch(/Outputs\./);
    }
  });

  test('stays within half of what CloudFormation takes: 1 MB, 500 resources, 200 parameters and outputs', () => {
    for (const [stack, template] of Object.entries(templates)) {
      const count = (section: string) =>
        Object.keys(objectAt({ [section]: {}, ...objectAt({ template }, 'template') }, section))
          .length;
      expect({ stack, ok: JSON.stringify(template).length < 500_000 }).toEqual({ stack, ok: true });
      expect({ stack, ok: count('Resources') < 250 }).toEqual({ stack, ok: true });
      expect({ stack, ok: count('Parameters') < 120 }).toEqual({ stack, ok: true });
      expect({ stack, ok: count('Outputs') < 100 }).toEqual({ stack, ok: true });
    }
    // What sam deploy uploads is the text as it stands, at most 1 MB.
    expect(statSync('template.yaml').size).toBeLessThan(500_000);
  });
});
