import type {
  Archive as ApiArchive,
  DescribeArchiveRequest,
  DescribeArchiveResponse,
  ListArchivesRequest,
  ListArchivesResponse,
} from '@aws-sdk/client-eventbridge';
import type { Archive } from '../archive-table.ts';
import type { Bus } from '../bus.ts';
import { findArchive } from './find.ts';
import { page } from './page.ts';

/** Answers ListArchives. */
export function listArchives(bus: Bus, request: ListArchivesRequest): ListArchivesResponse {
  const { NamePrefix = '', EventSourceArn, State } = request;
  const archives = bus.archives
    .all()
    .map((archive) => apiArchive(bus, archive))
    .filter(
      (archive) =>
        archive.ArchiveName?.startsWith(NamePrefix) &&
        (EventSourceArn === undefined || archive.EventSourceArn === EventSourceArn) &&
        (State === undefined || archive.State === State),
    );
  const { items, NextToken } = page(archives, request);
  return { Archives: [...items], NextToken };
}

/** Answers DescribeArchive. */
export function describeArchive(
  bus: Bus,
  request: DescribeArchiveRequest,
): DescribeArchiveResponse {
  const archive = findArchive(bus, request.ArchiveName);
  const { arn, eventPattern } = archive.resource;
  return {
    ...apiArchive(bus, archive),
    ArchiveArn: arn,
    EventPattern: eventPattern && JSON.stringify(eventPattern),
  };
}

function apiArchive(bus: Bus, archive: Archive): ApiArchive {
  const { name, eventBusName, retentionDays } = archive.resource;
  return {
    ArchiveName: name,
    EventSourceArn: bus.rules.bus(eventBusName)?.arn,
    State: 'ENABLED',
    RetentionDays: retentionDays,
    SizeBytes: archive.sizeBytes,
    EventCount: archive.eventCount,
    CreationTime: archive.creationTime,
  };
}
