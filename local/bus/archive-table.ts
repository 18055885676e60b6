import { bad, ok, type Result } from '../result.ts';
import { matchPattern } from '../rules/match-pattern.ts';
import { parsePattern } from '../rules/parse-pattern.ts';
import type { Pattern } from '../rules/pattern.ts';
import type { ArchiveResource } from '../template/app.ts';
import type { BusEvent } from './bus-event.ts';

/** An archive and what it holds. */
export interface Archive {
  readonly resource: ArchiveResource;
  readonly creationTime: Date;
  readonly eventCount: number;
  readonly sizeBytes: number;
}

/** An archive's resource with its pattern read; without a pattern it takes every event. */
export interface LoadedArchive {
  readonly resource: ArchiveResource;
  readonly pattern: Pattern | undefined;
}

/** Reads an archive's pattern. */
export function loadArchive(resource: ArchiveResource): Result<LoadedArchive> {
  if (resource.eventPattern === undefined) return ok({ resource, pattern: undefined });
  const pattern = parsePattern(resource.eventPattern);
  return pattern.ok ? ok({ resource, pattern: pattern.value }) : bad(...pattern.problems);
}

/** The archives of all buses; their counts outlive a new reading of the template. */
export class ArchiveTable {
  private loaded: readonly LoadedArchive[] = [];
  private archives = new Map<string, Archive>();

  /** Takes the template's archives in place of those before. */
  replace(loaded: readonly LoadedArchive[], now: Date): void {
    const before = this.archives;
    this.loaded = loaded;
    this.archives = new Map(
      loaded.map(({ resource }) => {
        const known = before.get(resource.name);
        const fresh = { creationTime: now, eventCount: 0, sizeBytes: 0 };
        return [resource.name, { ...(known ?? fresh), resource }];
      }),
    );
  }

  /** Archives an event of a bus, and answers the names of the archives that took it. */
  record(event: BusEvent, eventBusName: string): readonly string[] {
    const wanting = this.loaded.filter(
      ({ resource, pattern }) =>
        resource.eventBusName === eventBusName &&
        (pattern === undefined || matchPattern(pattern, event)),
    );
    const sizeBytes = new TextEncoder().encode(JSON.stringify(event)).length;
    for (const { resource } of wanting) this.count(resource.name, sizeBytes);
    return wanting.map(({ resource }) => resource.name);
  }

  all(): readonly Archive[] {
    return [...this.archives.values()];
  }

  find(name: string): Archive | undefined {
    return this.archives.get(name);
  }

  private count(name: string, sizeBytes: number): void {
    const archive = this.archives.get(name);
    if (archive === undefined) return;
    this.archives.set(name, {
      ...archive,
      eventCount: archive.eventCount + 1,
      sizeBytes: archive.sizeBytes + sizeBytes,
    });
  }
}
