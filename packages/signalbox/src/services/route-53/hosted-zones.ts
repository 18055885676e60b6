import type {
  GetHostedZoneResponse,
  ListHostedZonesRequest,
  ListHostedZonesResponse,
  ListResourceRecordSetsRequest,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
  HostedZone as WireHostedZone,
} from '@aws-sdk/client-route-53';
import { maxItemsOf } from './read-health-checks.ts';
import { invalidInput, noSuchHostedZone } from './route-53-errors.ts';

/** A hosted zone and its records, which only the file of simulated resources can change. */
export interface HostedZone {
  readonly id: string;
  /** With the dot at its end. */
  readonly name: string;
  readonly records: readonly ResourceRecordSet[];
}

/** Finds a zone by its identifier, with or without the `/hostedzone/`. @throws {AwsError} `NoSuchHostedZone`. */
export function zoneOf(zones: readonly HostedZone[], id = ''): HostedZone {
  const bare = id.replace(/^\/?hostedzone\//, '');
  const zone = zones.find((each) => each.id === bare);
  if (zone === undefined) throw noSuchHostedZone(bare);
  return zone;
}

function hostedZoneOf({ id, name, records }: HostedZone): WireHostedZone {
  return {
    Id: `/hostedzone/${id}`,
    Name: name,
    CallerReference: id,
    Config: { PrivateZone: false },
    ResourceRecordSetCount: records.length,
  };
}

/** GetHostedZone. @throws {AwsError} `NoSuchHostedZone`. */
export function getHostedZone(
  zones: readonly HostedZone[],
  { Id: id }: { readonly Id: string | undefined },
): GetHostedZoneResponse {
  return { HostedZone: hostedZoneOf(zoneOf(zones, id)) };
}

/** ListHostedZones: a page begins with the zone that the marker names. @throws {AwsError} `InvalidInput`. */
export function listHostedZones(
  zones: readonly HostedZone[],
  { Marker: marker, MaxItems: given }: ListHostedZonesRequest,
): ListHostedZonesResponse {
  const maxItems = maxItemsOf(given);
  const from = marker === undefined ? 0 : zones.findIndex(({ id }) => id === marker);
  if (from < 0) throw invalidInput(`Invalid parameter : Marker ${marker} is not valid`);
  const next = zones[from + maxItems];
  return {
    HostedZones: zones.slice(from, from + maxItems).map(hostedZoneOf),
    Marker: marker ?? '',
    IsTruncated: next !== undefined,
    ...(next !== undefined && { NextMarker: next.id }),
    MaxItems: maxItems,
  };
}

/**
 * ListResourceRecordSets: a page begins at the name, type and identifier that are given.
 * @throws {AwsError} `NoSuchHostedZone` or `InvalidInput`.
 */
export function listResourceRecordSets(
  zones: readonly HostedZone[],
  input: ListResourceRecordSetsRequest,
): ListResourceRecordSetsResponse {
  const maxItems = maxItemsOf(input.MaxItems);
  const { records } = zoneOf(zones, input.HostedZoneId);
  const { StartRecordName: name, StartRecordType: type, StartRecordIdentifier: id = '' } = input;
  if (type !== undefined && name === undefined) {
    throw invalidInput('The input is not valid: StartRecordType needs a StartRecordName');
  }
  const start = name === undefined ? '' : orderOf(withDot(name), type ?? '', id);
  const sorted = [...records].sort((a, b) => (orderOfRecord(a) < orderOfRecord(b) ? -1 : 1));
  const left = sorted.filter((record) => orderOfRecord(record) >= start);
  const next = left[maxItems];
  return {
    ResourceRecordSets: left.slice(0, maxItems),
    IsTruncated: next !== undefined,
    ...(next !== undefined && {
      NextRecordName: next.Name,
      NextRecordType: next.Type,
      ...(next.SetIdentifier !== undefined && { NextRecordIdentifier: next.SetIdentifier }),
    }),
    MaxItems: maxItems,
  };
}

/** AWS: names are in order of their labels from the last to the first. */
function orderOf(name: string, type: string, id: string): string {
  return [name.split('.').reverse().join('.'), type, id].join(' ');
}

function orderOfRecord({ Name = '', Type = 'A', SetIdentifier = '' }: ResourceRecordSet): string {
  return orderOf(Name, Type, SetIdentifier);
}

/** Writes a domain name with the dot at its end. */
export function withDot(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}
