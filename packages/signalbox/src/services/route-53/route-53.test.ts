import {
  CreateHealthCheckCommand,
  DeleteHealthCheckCommand,
  GetHealthCheckCommand,
  GetHealthCheckCountCommand,
  GetHealthCheckStatusCommand,
  GetHostedZoneCommand,
  ListHealthChecksCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  TestDNSAnswerCommand,
  UpdateHealthCheckCommand,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { clientOptions, startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import type { HealthTarget } from './health-target.ts';
import { createRoute53, type Route53 } from './route-53.ts';

const CONTROL =
  'arn:aws:route53-recovery-control::123456789012:controlpanel/0123456789abcdef0123456789abcdef/routingcontrol/00000000000000ea';

const SECTION = {
  healthChecks: [
    {
      id: 'primary',
      callerReference: 'web-east-primary',
      type: 'HTTPS',
      fullyQualifiedDomainName: 'east.example.com',
      resourcePath: '/health',
    },
    {
      id: 'stop',
      callerReference: 'web-west-stop',
      type: 'HTTPS',
      fullyQualifiedDomainName: 'standby.s3.us-east-1.amazonaws.com',
      resourcePath: '/stop-web-west',
      requestIntervalSeconds: 10,
      inverted: true,
    },
    {
      id: 'control',
      callerReference: 'web-east-control',
      type: 'RECOVERY_CONTROL',
      routingControlArn: CONTROL,
    },
  ],
  hostedZones: [
    {
      id: 'Z1',
      name: 'example.com',
      records: [
        {
          name: 'web.example.com',
          type: 'A',
          failover: 'PRIMARY',
          setIdentifier: 'west',
          healthCheckId: 'stop',
          values: ['192.0.2.1'],
        },
        {
          name: 'web.example.com',
          type: 'A',
          failover: 'SECONDARY',
          setIdentifier: 'east',
          healthCheckId: 'primary',
          alias: { hostedZoneId: 'Z35SXDOTRQ7X7K', dnsName: 'east-lb.amazonaws.com' },
        },
        { name: 'api.example.com', type: 'CNAME', values: ['web.example.com'] },
      ],
    },
    { id: 'Z2', name: 'example.org', records: [] },
  ],
};

let clock: TestClock;
let route53: Route53;
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: Route53Client;
/** The keys of healthy targets, by `keyOf`. */
let well: Set<string>;

beforeEach(async () => {
  clock = createTestClock();
  well = new Set(['east.example.com', CONTROL]);
  route53 = createRoute53({
    clock,
    observe: (target) => well.has(keyOf(target)),
    uuid: () => 'u1',
  });
  route53.simulated.seed(SECTION);
  endpoint = await startTestEndpoint([route53.service]);
  client = new Route53Client(clientOptions(endpoint.url));
});

afterEach(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

function keyOf(target: HealthTarget): string {
  if (target.kind === 's3-object') return `${target.bucket}/${target.key}`;
  return target.kind === 'endpoint' ? target.host : target.arn;
}

function becomes(key: string, isWell: boolean): void {
  if (isWell) well.add(key);
  else well.delete(key);
  route53.look();
}

async function resolve(RecordName = 'web.example.com', RecordType: 'A' | 'CNAME' | 'TXT' = 'A') {
  const command = new TestDNSAnswerCommand({ HostedZoneId: 'Z1', RecordName, RecordType });
  return client.send(command);
}

async function statuses(HealthCheckId: string) {
  const { HealthCheckObservations = [] } = await client.send(
    new GetHealthCheckStatusCommand({ HealthCheckId }),
  );
  return HealthCheckObservations.map(({ StatusReport: report }) => report?.Status);
}

const update = (HealthCheckId: string, more: object) =>
  client.send(new UpdateHealthCheckCommand({ HealthCheckId, ...more }));

const endpointCheck = {
  Type: 'HTTP',
  FullyQualifiedDomainName: 'east.example.com',
} as const;

describe('GetHealthCheck', () => {
  test('returns the settings and the version', async () => {
    const { HealthCheck } = await client.send(
      new GetHealthCheckCommand({ HealthCheckId: 'primary' }),
    );

    expect(HealthCheck).toEqual({
      Id: 'primary',
      CallerReference: 'web-east-primary',
      HealthCheckVersion: 1,
      HealthCheckConfig: {
        Type: 'HTTPS',
        FullyQualifiedDomainName: 'east.example.com',
        ResourcePath: '/health',
        Port: 443,
        RequestInterval: 30,
        FailureThreshold: 3,
        MeasureLatency: false,
        EnableSNI: true,
        Inverted: false,
        Disabled: false,
      },
    });
  });

  test('refuses one that is not there', async () => {
    const refused = client.send(new GetHealthCheckCommand({ HealthCheckId: 'none' }));

    await expect(refused).rejects.toMatchObject({
      name: 'NoSuchHealthCheck',
      message: 'No health check exists with ID none',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('ListHealthChecks', () => {
  test('pages through the checks', async () => {
    const first = await client.send(new ListHealthChecksCommand({ MaxItems: 2 }));
    const second = await client.send(
      new ListHealthChecksCommand({ MaxItems: 2, Marker: first.NextMarker }),
    );

    expect(first).toMatchObject({
      HealthChecks: [{ Id: 'primary' }, { Id: 'stop' }],
      IsTruncated: true,
      NextMarker: 'control',
      MaxItems: 2,
    });
    expect(second).toMatchObject({
      HealthChecks: [
        {
          Id: 'control',
          HealthCheckConfig: { Type: 'RECOVERY_CONTROL', RoutingControlArn: CONTROL },
        },
      ],
      IsTruncated: false,
    });
    const count = await client.send(new GetHealthCheckCountCommand({}));
    expect(count.HealthCheckCount).toBe(3);
  });

  test.each([[{ Marker: 'none' }], [{ MaxItems: 0 }]])('refuses %j', async (input) => {
    const refused = client.send(new ListHealthChecksCommand(input));

    await expect(refused).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});

describe('CreateHealthCheck', () => {
  const create = (HealthCheckConfig: object, CallerReference = 'fresh') =>
    client.send(
      new CreateHealthCheckCommand({
        CallerReference,
        HealthCheckConfig: { Type: 'HTTP', ...HealthCheckConfig },
      }),
    );

  test('makes a check, once for a reference', async () => {
    const made = await create(endpointCheck);
    const again = await create(endpointCheck);

    expect(made).toMatchObject({
      HealthCheck: { Id: 'u1', CallerReference: 'fresh', HealthCheckVersion: 1 },
      Location: 'https://route53.amazonaws.com/2013-04-01/healthcheck/u1',
      $metadata: { httpStatusCode: 201 },
    });
    expect(again.HealthCheck).toEqual(made.HealthCheck);
    await expect(create({ ...endpointCheck, Port: 81 })).rejects.toMatchObject({
      name: 'HealthCheckAlreadyExists',
    });
  });

  test.each([
    [{ Type: 'CALCULATED' }],
    [{}],
    [{ Type: 'RECOVERY_CONTROL' }],
    [{ ...endpointCheck, RequestInterval: 20 }],
    [{ ...endpointCheck, FailureThreshold: 11 }],
    [{ ...endpointCheck, SearchString: 'ok' }],
    [{ ...endpointCheck, Type: 'TCP' }],
  ])('refuses %j', async (config) => {
    await expect(create(config)).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});

describe('UpdateHealthCheck', () => {
  test('takes the version for an optimistic lock', async () => {
    const { HealthCheck } = await update('primary', { HealthCheckVersion: 1, Inverted: true });

    expect(HealthCheck).toMatchObject({
      HealthCheckVersion: 2,
      HealthCheckConfig: { Inverted: true, FullyQualifiedDomainName: 'east.example.com' },
    });
    await expect(
      update('primary', { HealthCheckVersion: 1, Inverted: false }),
    ).rejects.toMatchObject({
      name: 'HealthCheckVersionMismatch',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('turns the status by inverting at once', async () => {
    expect(route53.isHealthy('primary')).toBe(true);

    await update('primary', { Inverted: true });

    expect(route53.isHealthy('primary')).toBe(false);
  });

  test('counts a disabled check as healthy, and lets nobody look', async () => {
    becomes('east.example.com', false);
    await clock.advance(90_000);
    expect(route53.isHealthy('primary')).toBe(false);

    await update('primary', { Disabled: true });

    expect(route53.isHealthy('primary')).toBe(true);
    expect(await statuses('primary')).toEqual([]);
  });

  test('resets what it is asked to', async () => {
    const { HealthCheck } = await update('primary', { ResetElements: ['ResourcePath'] });

    expect(HealthCheck?.HealthCheckConfig?.ResourcePath).toBeUndefined();
  });
});

describe('DeleteHealthCheck', () => {
  test('deletes a check', async () => {
    await client.send(new DeleteHealthCheckCommand({ HealthCheckId: 'primary' }));

    expect(route53.isHealthy('primary')).toBeUndefined();
    const again = client.send(new DeleteHealthCheckCommand({ HealthCheckId: 'primary' }));
    await expect(again).rejects.toMatchObject({ name: 'NoSuchHealthCheck' });
  });
});

describe('GetHealthCheckStatus', () => {
  test('returns what each checker saw last', async () => {
    expect(await statuses('primary')).toEqual(Array(8).fill('Success: HTTP Status Code 200, OK'));
    becomes('east.example.com', false);

    expect(await statuses('primary')).toEqual(
      Array(8).fill('Failure: HTTP Status Code 503, Service Unavailable'),
    );
    expect(await statuses('stop')).toEqual(
      Array(8).fill('Failure: HTTP Status Code 403, Forbidden'),
    );
  });

  test('asks the chosen Regions alone, and nobody of a routing control', async () => {
    await update('primary', { Regions: ['us-east-1', 'us-west-2', 'eu-west-1'] });

    expect(await statuses('primary')).toHaveLength(3);
    await expect(statuses('control')).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});

describe('isHealthy()', () => {
  test('changes when the change has lasted as many looks as the threshold says', async () => {
    becomes('east.example.com', false);

    await clock.advance(89_999);
    expect(route53.isHealthy('primary')).toBe(true);
    await clock.advance(1);

    expect(route53.isHealthy('primary')).toBe(false);
  });

  test('takes no notice of a short failure', async () => {
    becomes('east.example.com', false);
    await clock.advance(60_000);
    becomes('east.example.com', true);
    await clock.advance(60_000);

    expect(route53.isHealthy('primary')).toBe(true);
  });

  test('follows an object that stops traffic, turned round', async () => {
    expect(route53.isHealthy('stop')).toBe(true);
    becomes('standby/stop-web-west', true);
    await clock.advance(30_000);

    expect(route53.isHealthy('stop')).toBe(false);
  });

  test('follows a routing control at once', () => {
    expect(route53.isHealthy('control')).toBe(true);
    becomes(CONTROL, false);

    expect(route53.isHealthy('control')).toBe(false);
  });
});

describe('ListHostedZones', () => {
  test('pages through the zones', async () => {
    const first = await client.send(new ListHostedZonesCommand({ MaxItems: 1 }));
    const second = await client.send(new ListHostedZonesCommand({ Marker: first.NextMarker }));

    expect(first).toMatchObject({
      HostedZones: [{ Id: '/hostedzone/Z1', Name: 'example.com.', ResourceRecordSetCount: 3 }],
      IsTruncated: true,
    });
    expect(second).toMatchObject({ HostedZones: [{ Name: 'example.org.' }], IsTruncated: false });
    const { HostedZone } = await client.send(new GetHostedZoneCommand({ Id: '/hostedzone/Z2' }));
    expect(HostedZone).toMatchObject({ Name: 'example.org.' });
    const missing = client.send(new GetHostedZoneCommand({ Id: 'Z9' }));
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchHostedZone' });
  });
});

describe('ListResourceRecordSets', () => {
  test('pages through the records by name', async () => {
    const HostedZoneId = 'Z1';
    const first = await client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId, MaxItems: 2 }),
    );
    const second = await client.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId,
        StartRecordName: first.NextRecordName,
        StartRecordType: first.NextRecordType,
        StartRecordIdentifier: first.NextRecordIdentifier,
      }),
    );

    expect(first).toMatchObject({
      ResourceRecordSets: [
        {
          Name: 'api.example.com.',
          Type: 'CNAME',
          TTL: 60,
          ResourceRecords: [{ Value: 'web.example.com' }],
        },
        {
          Name: 'web.example.com.',
          Failover: 'SECONDARY',
          SetIdentifier: 'east',
          HealthCheckId: 'primary',
          AliasTarget: { DNSName: 'east-lb.amazonaws.com.', EvaluateTargetHealth: false },
        },
      ],
      IsTruncated: true,
    });
    expect(second).toMatchObject({
      ResourceRecordSets: [{ Failover: 'PRIMARY', SetIdentifier: 'west' }],
      IsTruncated: false,
    });
  });
});

describe('TestDNSAnswer', () => {
  test('follows the health of failover records', async () => {
    expect(await resolve()).toMatchObject({
      RecordName: 'web.example.com',
      RecordType: 'A',
      RecordData: ['192.0.2.1'],
      ResponseCode: 'NOERROR',
      Protocol: 'UDP',
    });

    becomes('standby/stop-web-west', true);
    await clock.advance(30_000);
    expect(await resolve()).toMatchObject({ RecordData: ['east-lb.amazonaws.com.'] });

    becomes('east.example.com', false);
    await clock.advance(90_000);
    expect(await resolve()).toMatchObject({ RecordData: ['192.0.2.1'] });
  });

  test.each([
    ['api.example.com', 'CNAME', ['web.example.com'], 'NOERROR'],
    ['api.example.com', 'TXT', [], 'NOERROR'],
    ['none.example.com', 'A', [], 'NXDOMAIN'],
  ] as const)('resolves %s %s', async (name, type, data, code) => {
    const { RecordData = [], ResponseCode } = await resolve(name, type);

    expect([RecordData, ResponseCode]).toEqual([data, code]);
  });
});

describe('faults', () => {
  const fault = (name: string) => {
    const found = route53.simulated.faults[name];
    if (found === undefined) throw new RangeError(`Cannot find the fault ${name}`);
    return found;
  };

  test('control-plane refuses every change, while reading and DNS go on', async () => {
    fault('control-plane').start(undefined);

    await expect(update('primary', { Inverted: true })).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    expect(await resolve()).toMatchObject({ RecordData: ['192.0.2.1'] });
    fault('control-plane').end(undefined);
    await expect(update('primary', { Inverted: true })).resolves.toBeDefined();
  });

  test('health-check fails one check, by default the first that is not inverted', async () => {
    expect(fault('health-check').start(undefined)).toBe('the checkers of web-east-primary fail');
    await clock.advance(90_000);

    expect(route53.simulated.show()).toMatchObject({
      healthChecks: {
        'web-east-primary': { isHealthy: false },
        'web-west-stop': { isHealthy: true, isInverted: true },
      },
      controlPlane: 'up',
    });
    fault('health-check').end('web-east-primary');
    await clock.advance(90_000);
    expect(route53.isHealthy('primary')).toBe(true);
    expect(() => fault('health-check').start('none')).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

describe('seed()', () => {
  test('says all that is wrong', () => {
    const [zone] = SECTION.hostedZones;
    const [record] = zone?.records ?? [];
    const alias = { hostedZoneId: 'z', dnsName: 'a' };
    const records = [
      { ...record, failover: 'TERTIARY', ttl: 5 },
      { name: 'a', type: 'A', setIdentifier: 'one', values: ['192.0.2.1'], alias, ttlSeconds: 5 },
    ];
    const endpoint = { callerReference: 'c', fullyQualifiedDomainName: 'a' };
    const healthChecks = [
      { ...endpoint, id: '1', type: 'TCP', resourcePath: '/' },
      { ...endpoint, id: '2', type: 'RECOVERY_CONTROL' },
      { ...endpoint, id: '3', type: 'UDP' },
    ];

    expect(() =>
      route53.simulated.seed({ healthChecks, hostedZones: [{ ...zone, records }] }),
    ).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: [
          'route-53.healthChecks[0].resourcePath: Unknown field: the fields are callerReference, disabled, failureThreshold, fullyQualifiedDomainName, id, inverted, port, requestIntervalSeconds, type',
          'route-53.healthChecks[1].routingControlArn: Missing: write a text',
          'route-53.healthChecks[1].fullyQualifiedDomainName: Unknown field: the fields are callerReference, disabled, id, inverted, routingControlArn, type',
          'route-53.healthChecks[2].type: Write one of HTTP, HTTPS, TCP, RECOVERY_CONTROL',
          'route-53.hostedZones[0].records[0].failover: Write one of PRIMARY, SECONDARY',
          'route-53.hostedZones[0].records[0].ttl: Unknown field: the fields are alias, failover, healthCheckId, name, setIdentifier, ttlSeconds, type, values',
          'route-53.hostedZones[0].records[1].setIdentifier: Write it with failover, and not without',
          'route-53.hostedZones[0].records[1].values: Write either values or alias',
          'route-53.hostedZones[0].records[1].ttlSeconds: Remove it: an alias has none of its own',
        ].join('\n'),
      }),
    );
    const unknown = [{ ...record, healthCheckId: 'none-such' }];
    expect(() => route53.simulated.seed({ hostedZones: [{ ...zone, records: unknown }] })).toThrow(
      'route-53.hostedZones[0].records[0].healthCheckId: There is no health check "none-such"',
    );
  });
});
