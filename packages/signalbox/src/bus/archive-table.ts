import { bad, ok, type Result } from '../core/result.ts';
import { matchPattern } from '../event-patterns/match-pattern.ts';
import { parsePattern } from '../event-patterns/parse-pattern.ts';
import type { Pattern } from '../event-patterns/pattern.ts';
import type { ArchiveResource } from '../template/app.ts';
import type { BusEvent } from './bus-event.ts';

/** An archive as it was written, in the template or in CreateArchive. */
export type ArchiveDefinition = Omit<ArchiveResource, 'logicalId'> & {
  readonly description?: string | undefined;
};

/** An archive and what it holds. */
export interface Archive {
  readonly resource: ArchiveDefinition;
  readonly creationTime: Date;
  readonly eventCount: number;
  readonly sizeBytes: number;
}

/** An archive's definition with its pattern read; without a pattern it takes every event. */
export interface LoadedArchive {
  readonly resource: ArchiveDefinition;
  readonly pattern: Pattern | undefined;
}

interface KeptArchive {
  loaded: LoadedArchive;
  readonly creationTime: Date;
  readonly isOfTemplate: boolean;
  events: { readonly event: BusEvent; readonly sizeBytes: number; readonly atMs: number }[];
}

const DAY_MS = 86_400_000;

/** Reads an archive's pattern. */
export function loadArchive(resource: ArchiveDefinition): Result<LoadedArchive> {
  if (resource.eventPattern === undefined) return ok({ resource, pattern: undefined });
  const pattern = parsePattern(resource.eventPattern);
  return pattern.ok ? ok({ resource, pattern: pattern.value }) : bad(...pattern.problems);
}

/** The archives of all buses; what they hold outlives a new reading of the template. */
export class ArchiveTable {
  private readonly archives = new Map<string, KeptArchive>();

  /** Takes the template's archives in place of those before. */
  replace(loaded: readonly LoadedArchive[], now: Date): void {
    const wanted = new Set(loaded.map(({ resource }) => resource.name));
    for (const [name, { isOfTemplate }] of this.archives) {
      if (isOfTemplate && !wanted.has(name)) this.archives.delete(name);
    }
    for (const one of loaded) this.keep(one, now, true);
  }

  /** Makes an archive of the API's, or changes one, whose events stay. */
  put(loaded: LoadedArchive, now: Date): void {
    this.keep(loaded, now, this.archives.get(loaded.resource.name)?.isOfTemplate ?? false);
  }

  delete(name: string): void {
    this.archives.delete(name);
  }

  /** Archives an event of a bus, and returns the names of the archives that took it. */
  record(event: BusEvent, eventBusName: string, now: Date): readonly string[] {
    // AWS: the rule behind an archive leaves out what a replay brings back.
    if (event['replay-name'] !== undefined) return [];
    const wanting = [...this.archives.values()].filter(
      ({ loaded: { resource, pattern } }) =>
        resource.eventBusName === eventBusName &&
        (pattern === undefined || matchPattern(pattern, event)),
    );
    if (wanting.length === 0) return [];
    const sizeBytes = new TextEncoder().encode(JSON.stringify(event)).length;
    const kept = { event, sizeBytes, atMs: now.getTime() };
    for (const archive of wanting) archive.events.push(kept);
    return wanting.map(({ loaded }) => loaded.resource.name);
  }

  /** The events of an archive, oldest first; those older than its retention are gone. */
  eventsOf(name: string, now: Date): readonly BusEvent[] {
    const archive = this.archives.get(name);
    if (archive === undefined) return [];
    return retained(archive, now).map(({ event }) => event);
  }

  all(now: Date): readonly Archive[] {
    return [...this.archives.values()].map((archive) => summaryOf(archive, now));
  }

  find(name: string, now: Date): Archive | undefined {
    const archive = this.archives.get(name);
    return archive && summaryOf(archive, now);
  }

  private keep(loaded: LoadedArchive, now: Date, isOfTemplate: boolean): void {
    const { name } = loaded.resource;
    const known = this.archives.get(name);
    const creationTime = known?.creationTime ?? now;
    this.archives.set(name, { loaded, creationTime, isOfTemplate, events: known?.events ?? [] });
  }
}

/** Drops what is older than the archive's retention; 0 days mean for ever. */
function retained(archive: KeptArchive, now: Date): KeptArchive['events'] {
  const { retentionDays } = archive.loaded.resource;
  if (retentionDays > 0) {
    const oldestMs = now.getTime() - retentionDays * DAY_MS;
    archive.events = archive.events.filter(({ atMs }) => atMs >= oldestMs);
  }
  return archive.events;
}

function summaryOf(archive: KeptArchive, now: Date): Archive {
  const events = retained(archive, now);
  return {
    resource: archive.loaded.resource,
    creationTime: archive.creationTime,
    eventCount: events.length,
    sizeBytes: events.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}
