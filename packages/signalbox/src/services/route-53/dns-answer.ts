import type {
  ResourceRecordSet,
  TestDNSAnswerRequest,
  TestDNSAnswerResponse,
} from '@aws-sdk/client-route-53';
import type { HealthCheckStore } from './health-check-store.ts';
import { type HostedZone, withDot, zoneOf } from './hosted-zones.ts';

/**
 * TestDNSAnswer, which follows simple and failover records. An alias resolves to the name that it stands
 * for: the rehearsal has no addresses behind it.
 * @throws {AwsError} `NoSuchHostedZone`.
 */
export function testDnsAnswer(
  zones: readonly HostedZone[],
  checks: HealthCheckStore,
  { HostedZoneId, RecordName = '', RecordType = 'A' }: TestDNSAnswerRequest,
): TestDNSAnswerResponse {
  const { records } = zoneOf(zones, HostedZoneId);
  const name = withDot(RecordName);
  const named = records.filter((record) => record.Name === name);
  const chosen = chooseRecord(
    named.filter(({ Type: type }) => type === RecordType),
    checks,
  );
  return {
    Nameserver: 'ns-1.awsdns-01.com',
    RecordName,
    RecordType,
    RecordData: chosen === undefined ? [] : dataOf(chosen),
    ResponseCode: named.length === 0 ? 'NXDOMAIN' : 'NOERROR',
    Protocol: 'UDP',
  };
}

/**
 * AWS: "Active-passive failover" of the developer guide: the secondary only where the primary is not
 * healthy and the secondary is; where neither is, the primary.
 */
function chooseRecord(
  records: readonly ResourceRecordSet[],
  checks: HealthCheckStore,
): ResourceRecordSet | undefined {
  const isHealthy = ({ HealthCheckId: id }: ResourceRecordSet): boolean => {
    const check = checks.find(id);
    return check === undefined || checks.isHealthy(check);
  };
  const primary = records.find(({ Failover }) => Failover === 'PRIMARY');
  const secondary = records.find(({ Failover }) => Failover === 'SECONDARY');
  if (primary === undefined) return secondary ?? records[0];
  if (secondary === undefined || isHealthy(primary)) return primary;
  return isHealthy(secondary) ? secondary : primary;
}

function dataOf({ AliasTarget: alias, ResourceRecords: records = [] }: ResourceRecordSet) {
  if (alias?.DNSName !== undefined) return [alias.DNSName];
  return records.flatMap(({ Value: value }) => value ?? []);
}
