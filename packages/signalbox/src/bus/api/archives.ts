import type {
  Archive as ApiArchive,
  CreateArchiveRequest,
  CreateArchiveResponse,
  DeleteArchiveRequest,
  DescribeArchiveRequest,
  DescribeArchiveResponse,
  ListArchivesRequest,
  ListArchivesResponse,
  UpdateArchiveRequest,
  UpdateArchiveResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { compilePatterns } from '../../event-patterns/match-pattern.ts';
import type { Archive, ArchiveDefinition } from '../archive-table.ts';
import type { Bus } from '../bus.ts';
import { findArchive, findBus } from './find.ts';
import { page } from './page.ts';
import { requirePattern } from './require-pattern.ts';
import { required } from './required.ts';

/** Handles ListArchives. */
export function listArchives(bus: Bus, request: ListArchivesRequest): ListArchivesResponse {
  const { NamePrefix = '', EventSourceArn, State } = request;
  if (EventSourceArn !== undefined) findBus(bus, EventSourceArn);
  const archives = bus.archives
    .all(bus.now())
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

/** Handles DescribeArchive. */
export function describeArchive(
  bus: Bus,
  request: DescribeArchiveRequest,
): DescribeArchiveResponse {
  const archive = findArchive(bus, request.ArchiveName);
  const { arn, eventPattern, description } = archive.resource;
  return {
    ...apiArchive(bus, archive),
    ArchiveArn: arn,
    Description: description,
    EventPattern: eventPattern && JSON.stringify(eventPattern),
  };
}

/** Handles CreateArchive. */
export function createArchive(bus: Bus, request: CreateArchiveRequest): CreateArchiveResponse {
  const name = required(request.ArchiveName, 'archiveName');
  const eventBusName = findBus(bus, required(request.EventSourceArn, 'eventSourceArn')).name;
  if (bus.archives.find(name, bus.now()) !== undefined) {
    throw new AwsError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
  }
  return putArchive(
    bus,
    {
      name,
      arn: `arn:aws:events:${bus.region}:${bus.accountId}:archive/${name}`,
      eventBusName,
      description: request.Description,
      eventPattern: undefined,
      retentionDays: request.RetentionDays ?? 0,
    },
    request.EventPattern,
  );
}

/** Handles UpdateArchive; what the request leaves out stays. */
export function updateArchive(bus: Bus, request: UpdateArchiveRequest): UpdateArchiveResponse {
  const { Description, EventPattern, RetentionDays } = request;
  if ([Description, EventPattern, RetentionDays].every((value) => value === undefined)) {
    throw new AwsError(
      'ValidationException',
      'At least one of EventPattern, RetentionDays or Description must be provided.',
    );
  }
  const { resource } = findArchive(bus, request.ArchiveName);
  const description = request.Description ?? resource.description;
  const retentionDays = request.RetentionDays ?? resource.retentionDays;
  return putArchive(bus, { ...resource, description, retentionDays }, request.EventPattern);
}

/** Handles DeleteArchive. */
export function deleteArchive(bus: Bus, request: DeleteArchiveRequest): Record<string, never> {
  bus.archives.delete(findArchive(bus, request.ArchiveName).resource.name);
  return {};
}

function putArchive(
  bus: Bus,
  given: ArchiveDefinition,
  patternText: string | undefined,
): CreateArchiveResponse {
  const eventPattern = patternText ? objectOf(patternText) : given.eventPattern;
  const pattern =
    eventPattern && compilePatterns([requirePattern(patternText ?? JSON.stringify(eventPattern))]);
  const resource = { ...given, eventPattern };
  bus.archives.put({ resource, pattern }, bus.now());
  const { creationTime } = findArchive(bus, given.name);
  return { ArchiveArn: given.arn, State: 'ENABLED', CreationTime: creationTime };
}

function objectOf(patternText: string): JsonObject {
  requirePattern(patternText);
  const value: Json = JSON.parse(patternText);
  if (!isJsonObject(value)) throw new TypeError('A pattern that parses is an object');
  return value;
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
