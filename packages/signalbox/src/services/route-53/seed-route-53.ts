import type { HealthCheckConfig, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Json } from '../../core/json.ts';
import { type Fields, readSection } from '../section-fields.ts';
import type { HealthCheckStart } from './health-check.ts';
import { type HostedZone, withDot } from './hosted-zones.ts';

/** What the file of simulated resources says of Route 53. */
export interface SeededRoute53 {
  readonly checks: readonly HealthCheckStart[];
  readonly zones: readonly HostedZone[];
}

/** Reads the section. @throws {UserError} With everything that is wrong with it. */
export function readRoute53(part: string, section: Json): SeededRoute53 {
  return readSection(part, section, (fields) => {
    const checks = fields.list('healthChecks', readCheck);
    const zones = fields.list('hostedZones', (zone) => readZone(zone, checks));
    return { checks, zones };
  });
}

function readCheck(fields: Fields): HealthCheckStart {
  const type = fields.oneOf('type', ['HTTP', 'HTTPS', 'TCP', 'RECOVERY_CONTROL']);
  const switches = {
    Inverted: fields.flag('inverted', false),
    Disabled: fields.flag('disabled', false),
  };
  const config: HealthCheckConfig =
    type === 'RECOVERY_CONTROL'
      ? { Type: type, RoutingControlArn: fields.text('routingControlArn'), ...switches }
      : { Type: type, ...readEndpoint(fields, type), ...switches };
  return { id: fields.text('id'), callerReference: fields.text('callerReference'), config };
}

function readEndpoint(fields: Fields, type: string) {
  return {
    FullyQualifiedDomainName: fields.text('fullyQualifiedDomainName'),
    Port: fields.whole('port', 1, type === 'HTTPS' ? 443 : 80),
    ...(type !== 'TCP' && { ResourcePath: fields.text('resourcePath', '/') }),
    RequestInterval: fields.whole('requestIntervalSeconds', 10, 30),
    FailureThreshold: fields.whole('failureThreshold', 1, 3),
    EnableSNI: type === 'HTTPS',
  };
}

function readZone(fields: Fields, checks: readonly HealthCheckStart[]): HostedZone {
  return {
    id: fields.text('id'),
    name: withDot(fields.text('name')),
    records: fields.list('records', (record) => readRecord(record, checks)),
  };
}

const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'TXT'] as const;

function readRecord(fields: Fields, checks: readonly HealthCheckStart[]): ResourceRecordSet {
  const failover = fields.oneOf('failover', ['PRIMARY', 'SECONDARY', 'NONE'], 'NONE');
  const checkId = fields.text('healthCheckId', 'none');
  if (checkId !== 'none' && !checks.some(({ id }) => id === checkId)) {
    fields.wrong(`No health check "${checkId}"`, 'healthCheckId');
  }
  const alias = fields.object('alias', (target) => ({
    HostedZoneId: target.text('hostedZoneId'),
    DNSName: withDot(target.text('dnsName')),
    EvaluateTargetHealth: false,
  }));
  const values = alias === undefined ? fields.texts('values') : [];
  return {
    Name: withDot(fields.text('name')),
    Type: fields.oneOf('type', RECORD_TYPES),
    ...(failover !== 'NONE' && {
      Failover: failover,
      SetIdentifier: fields.text('setIdentifier'),
    }),
    ...(checkId !== 'none' && { HealthCheckId: checkId }),
    ...(alias === undefined
      ? {
          TTL: fields.whole('ttlSeconds', 0, 60),
          ResourceRecords: values.map((Value) => ({ Value })),
        }
      : { AliasTarget: alias }),
  };
}
