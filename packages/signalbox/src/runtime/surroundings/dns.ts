import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type {
  DnsRecord,
  HealthCheck,
  HostedZone,
  Surrounding,
} from '../../template/surrounding.ts';
import { listIn, mergedList, said } from './section-lists.ts';

const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'TXT'];
const ENDPOINT_TYPES = ['HTTP', 'HTTPS', 'TCP'];

/** Adds the template's zones, records and health checks to the section `route-53`; other kinds than it simulates are left out. */
export function withDns(section: JsonObject, surroundings: readonly Surrounding[]): JsonObject {
  const checks = surroundings.flatMap((one) =>
    one.kind === 'health-check' ? checkSection(one) : [],
  );
  const records = surroundings.filter(
    (one): one is DnsRecord => one.kind === 'dns-record' && RECORD_TYPES.includes(one.type),
  );
  const zones = surroundings.filter((one): one is HostedZone => one.kind === 'hosted-zone');
  if (checks.length + records.length + zones.length === 0) return section;
  const ofFile = listIn(section, 'hostedZones').filter(isJsonObject);
  const healthChecks = mergedList(listIn(section, 'healthChecks'), checks, ['id']);
  const ids = healthChecks.flatMap((one) => (isJsonObject(one) ? one['id'] : []));
  const zoneIds = [...new Set([...zones.map(({ id }) => id), ...records.map(zoneOf)])];
  const made = zoneIds.map((id) => {
    const own = records.filter((record) => zoneOf(record) === id);
    const known = ofFile.find((zone) => zone['id'] === id);
    const name = zones.find((zone) => zone.id === id)?.name ?? known?.['name'];
    return {
      id,
      name: name ?? commonDomain(own.map((record) => record.name)),
      records: mergedList(
        known === undefined ? [] : listIn(known, 'records'),
        own.map((record) => recordSection(record, ids)),
        ['name', 'type', 'setIdentifier'],
      ),
    };
  });
  return { ...section, healthChecks, hostedZones: mergedList(ofFile, made, ['id']) };
}

function zoneOf({ hostedZoneId }: DnsRecord): string {
  return hostedZoneId.replace(/^\/hostedzone\//, '');
}

/** The name of a zone that another stack has: the domain of all its records. */
function commonDomain(names: readonly string[]): string {
  const reversed = names.map((name) => name.replace(/\.$/, '').split('.').reverse());
  const [first = []] = reversed;
  const end = first.findIndex((label, index) => reversed.some((other) => other[index] !== label));
  return (end === -1 ? first : first.slice(0, end)).reverse().join('.');
}

function checkSection({ id, config }: HealthCheck): readonly JsonObject[] {
  const { Type: type = '', FullyQualifiedDomainName: host = config['IPAddress'] } = config;
  const shared = {
    id,
    callerReference: id,
    type,
    inverted: config['Inverted'] === true || config['Inverted'] === 'true',
  };
  if (type === 'RECOVERY_CONTROL') {
    return [said({ ...shared, routingControlArn: config['RoutingControlArn'] })];
  }
  if (!ENDPOINT_TYPES.includes(String(type)) || host === undefined) return [];
  return [
    said({
      ...shared,
      fullyQualifiedDomainName: host,
      resourcePath: type === 'TCP' ? undefined : config['ResourcePath'],
      port: numberOf(config, 'Port'),
      requestIntervalSeconds: numberOf(config, 'RequestInterval'),
      failureThreshold: numberOf(config, 'FailureThreshold'),
    }),
  ];
}

function numberOf(config: JsonObject, name: string): number | undefined {
  return config[name] === undefined ? undefined : Number(config[name]);
}

function recordSection(record: DnsRecord, checkIds: readonly unknown[]): JsonObject {
  const { name, type, failover, setIdentifier, healthCheckId, alias, ttlSeconds, values } = record;
  return said({
    name: name.replace(/\.$/, ''),
    type,
    failover,
    setIdentifier,
    healthCheckId: checkIds.includes(healthCheckId) ? healthCheckId : undefined,
    alias: alias && { ...alias },
    ttlSeconds,
    values,
  });
}
