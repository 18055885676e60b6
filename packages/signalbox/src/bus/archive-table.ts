import type { KeptMaps } from '../core/kept-maps.ts';
import { bad, ok, type Result } from '../core/result.ts';
import { type CompiledPatterns, compilePatterns } from '../event-patterns/match-pattern.ts';
import { parsePattern } from '../event-patterns/parse-pattern.ts';
import type { ArchiveResource } from '../template/archive-resource.ts';
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
  readonly pattern: CompiledPatterns | undefined;
}

interface ArchivedEvent {
  readonly event: BusEvent;
  readonly sizeBytes: number;
  readonly atMs: number;
}

/** An archive as it is kept, without its events. */
interface KeptArchive {
  readonly resource: ArchiveDefinition;
  readonly creationTime: Date;
  readonly isOfTemplate: boolean;
}

interface HeldArchive extends KeptArchive {
  readonly loaded: LoadedArchive;
  /** By keys that begin with the archive's name; oldest first. */
  readonly events: Map<string, ArchivedEvent>;
}

const DAY_MS = 86_400_000;

/** Reads an archive's pattern. */
export function loadArchive(resource: ArchiveDefinition): Result<LoadedArchive> {
  if (resource.eventPattern === undefined) return ok({ resource, pattern: undefined });
  const pattern = parsePattern(resource.eventPattern);
  return pattern.ok
    ? ok({ resource, pattern: compilePatterns([pattern.value]) })
    : bad(...pattern.problems);
}

/** The archives of all buses; what they hold outlives a new reading of the template. */
export class ArchiveTable {
  private readonly archives = new Map<string, HeldArchive>();
  private readonly kept: Map<string, KeptArchive>;
  private readonly keptEvents: Map<string, ArchivedEvent>;
  private lastNumber = 0;

  constructor(maps: KeptMaps) {
    this.kept = maps.map('events/archives');
    this.keptEvents = maps.map('events/archived');
    for (const [name, kept] of this.kept) {
      const loaded = loadArchive(kept.resource);
      if (!loaded.ok) throw new TypeError(`Cannot read the archive ${name} again`);
      this.archives.set(name, { ...kept, loaded: loaded.value, events: new Map() });
    }
    for (const [key, event] of this.keptEvents) {
      const [name = '', number] = key.split('/');
      this.archives.get(name)?.events.set(key, event);
      this.lastNumber = Math.max(this.lastNumber, Number(number));
    }
  }

  /** Takes the template's archives in place of those before. */
  replace(loaded: readonly LoadedArchive[], now: Date): void {
    const wanted = new Set(loaded.map(({ resource }) => resource.name));
    for (const [name, { isOfTemplate }] of this.archives) {
      if (isOfTemplate && !wanted.has(name)) this.delete(name);
    }
    for (const one of loaded) this.keep(one, now, true);
  }

  /** Makes an archive of the API's, or changes one, whose events stay. */
  put(loaded: LoadedArchive, now: Date): void {
    this.keep(loaded, now, this.archives.get(loaded.resource.name)?.isOfTemplate ?? false);
  }

  delete(name: string): void {
    for (const key of this.archives.get(name)?.events.keys() ?? []) this.keptEvents.delete(key);
    this.kept.delete(name);
    this.archives.delete(name);
  }

  /** Archives an event of a bus, and returns the names of the archives that took it. */
  record(event: BusEvent, eventBusName: string, now: Date): readonly string[] {
    // AWS: the rule behind an archive leaves out what a replay brings back.
    if (event['replay-name'] !== undefined) return [];
    const wanting = [...this.archives.values()].filter(
      ({ loaded: { resource, pattern } }) =>
        resource.eventBusName === eventBusName &&
        (pattern === undefined || pattern.match(event).length > 0),
    );
    if (wanting.length === 0) return [];
    const sizeBytes = new TextEncoder().encode(JSON.stringify(event)).length;
    const archived = { event, sizeBytes, atMs: now.getTime() };
    for (const { resource, events } of wanting) {
      this.lastNumber += 1;
      const key = `${resource.name}/${this.lastNumber}`;
      this.keptEvents.set(key, archived);
      events.set(key, archived);
    }
    return wanting.map(({ resource }) => resource.name);
  }

  /** The events of an archive, oldest first; those older than its retention are gone. */
  eventsOf(name: string, now: Date): readonly BusEvent[] {
    const archive = this.archives.get(name);
    if (archive === undefined) return [];
    return this.retained(archive, now).map(({ event }) => event);
  }

  all(now: Date): readonly Archive[] {
    return [...this.archives.values()].map((archive) => this.summaryOf(archive, now));
  }

  find(name: string, now: Date): Archive | undefined {
    const archive = this.archives.get(name);
    return archive && this.summaryOf(archive, now);
  }

  private keep(loaded: LoadedArchive, now: Date, isOfTemplate: boolean): void {
    const { resource } = loaded;
    const known = this.archives.get(resource.name);
    const kept = { resource, creationTime: known?.creationTime ?? now, isOfTemplate };
    this.kept.set(resource.name, kept);
    this.archives.set(resource.name, { ...kept, loaded, events: known?.events ?? new Map() });
  }

  /** Drops what is older than the archive's retention; 0 days mean for ever. */
  private retained({ resource, events }: HeldArchive, now: Date): readonly ArchivedEvent[] {
    const { retentionDays } = resource;
    const oldestMs = retentionDays > 0 ? now.getTime() - retentionDays * DAY_MS : 0;
    for (const [key, { atMs }] of events) {
      if (atMs >= oldestMs) break;
      this.keptEvents.delete(key);
      events.delete(key);
    }
    return [...events.values()];
  }

  private summaryOf(archive: HeldArchive, now: Date): Archive {
    const events = this.retained(archive, now);
    return {
      resource: archive.resource,
      creationTime: archive.creationTime,
      eventCount: events.length,
      sizeBytes: events.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    };
  }
}
