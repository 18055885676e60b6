import { listNode, type MapNode, mapNode, type Node, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import type { BucketEvent } from './expanding.ts';

/** Writes the notifications that S3 events ask for into the buckets, as SAM does. */
export function withBucketEvents(
  resources: readonly Resource[],
  events: readonly BucketEvent[],
  report: Report,
): readonly Resource[] {
  const buckets = resources.filter(({ type }) => type === 'AWS::S3::Bucket');
  for (const { bucketId, owner, place } of events) {
    if (buckets.some(({ logicalId }) => logicalId === bucketId)) continue;
    const names = buckets.map(({ logicalId }) => logicalId);
    const message = `${owner.logicalId}: the Bucket of an S3 event is a Ref to a bucket of this template`;
    report.unknown(place, message, bucketId, names);
  }
  return resources.map((resource) => {
    const own = events.filter(({ bucketId }) => bucketId === resource.logicalId);
    const configurations = own.flatMap((event) => event.configurations);
    if (configurations.length === 0) return resource;
    return { ...resource, properties: withNotifications(resource.properties, configurations) };
  });
}

function withNotifications(properties: MapNode, added: readonly Node[]): MapNode {
  const { place } = properties;
  const given = valueAt(properties, 'NotificationConfiguration');
  const before = valueAt(given, 'LambdaConfigurations');
  const all = [...(before?.kind === 'list' ? before.items : []), ...added];
  const entries = given?.kind === 'map' ? given.entries : [];
  const rest = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  const value = mapNode({ ...rest, LambdaConfigurations: listNode(all, place) }, place);
  const key = 'NotificationConfiguration';
  const others = properties.entries.filter((entry) => entry.key !== key);
  return { ...properties, entries: [...others, { key, place, value }] };
}
