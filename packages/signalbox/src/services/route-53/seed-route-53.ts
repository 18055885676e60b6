import type { HealthCheckConfig, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Json } from '../../core/json.ts';
import type { HealthCheckStart } from './health-check.ts';
import { type HostedZone, withDot } from './hosted-zones.ts';
import {
  type CheckSection,
  type RecordSection,
  readRoute53Section,
  type ZoneSection,
} from './route-53-section.ts';

/** The zones and health checks that Route 53 has at the start. */
export interface SeededRoute53 {
  readonly checks: readonly HealthCheckStart[];
  readonly zones: readonly HostedZone[];
}

/** Makes the checks and zones of the section. @throws {UserError} With everything that is wrong with it. */
export function readRoute53(part: string, section: Json): SeededRoute53 {
  const { healthChecks, hostedZones } = readRoute53Section(part, section);
  return { checks: healthChecks.map(checkOf), zones: hostedZones.map(zoneOf) };
}

function checkOf(check: CheckSection): HealthCheckStart {
  const { id, callerReference } = check;
  return { id, callerReference, config: configOf(check) };
}

function configOf(check: CheckSection): HealthCheckConfig {
  const switches = { Inverted: check.inverted, Disabled: check.disabled };
  if ('routingControlArn' in check) {
    return { Type: check.type, RoutingControlArn: check.routingControlArn, ...switches };
  }
  const isHttps = check.type === 'HTTPS';
  return {
    Type: check.type,
    FullyQualifiedDomainName: check.fullyQualifiedDomainName,
    Port: check.port ?? (isHttps ? 443 : 80),
    ...('resourcePath' in check && { ResourcePath: check.resourcePath }),
    RequestInterval: check.requestIntervalSeconds,
    FailureThreshold: check.failureThreshold,
    EnableSNI: isHttps,
    ...switches,
  };
}

function zoneOf({ id, name, records }: ZoneSection): HostedZone {
  return { id, name: withDot(name), records: records.map(recordOf) };
}

function recordOf(record: RecordSection): ResourceRecordSet {
  const { name, type, failover, setIdentifier, healthCheckId, alias, values = [] } = record;
  return {
    Name: withDot(name),
    Type: type,
    ...(failover !== undefined && { Failover: failover, SetIdentifier: setIdentifier }),
    ...(healthCheckId !== undefined && { HealthCheckId: healthCheckId }),
    ...(alias === undefined
      ? {
          TTL: record.ttlSeconds ?? 60,
          ResourceRecords: values.map((Value) => ({ Value })),
        }
      : {
          AliasTarget: {
            HostedZoneId: alias.hostedZoneId,
            DNSName: withDot(alias.dnsName),
            EvaluateTargetHealth: false,
          },
        }),
  };
}
