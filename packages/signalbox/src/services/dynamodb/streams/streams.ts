import type { AccountRegion } from '../../../core/account-region.ts';
import type { Clock } from '../../../core/clock.ts';
import type { KeptMaps } from '../../../core/kept-maps.ts';
import type { ItemChange } from '../dynalite.ts';
import type { Engine } from '../engine.ts';
import type { Note } from '../kept-level.ts';
import { openStreamLog, type Streamed, type StreamLog } from './stream-log.ts';
import { changesNothing, toStreamRecord } from './stream-record.ts';
import { createStreamTable, type StreamTable } from './stream-table.ts';

/** The streams of all tables, and their records. */
export interface Streams
  extends Pick<StreamLog, 'lastNumber' | 'recordsOf' | 'whenAfter'>,
    Omit<StreamTable, 'onOf'> {
  /** The engine's, with a record for each change that a stream has to tell of. */
  readonly together: Engine['together'];
  /** Runs what deletes items whose time has come: their records say so. Nobody else writes meanwhile. */
  expiring<T>(run: () => Promise<T>): Promise<T>;
}

/** The clock and place of streams. */
export interface StreamsOptions extends AccountRegion {
  readonly clock: Clock;
  readonly maps?: KeptMaps;
}

/** Opens the streams over an engine's tables, with the records that are kept. */
export async function openStreams(engine: Engine, options: StreamsOptions): Promise<Streams> {
  const nowMs = (): number => options.clock.now().getTime();
  const log = await openStreamLog(engine, nowMs);
  const table = createStreamTable({ ...options, log, nowMs });
  let isExpiring = false;

  function streamed(change: ItemChange): readonly Streamed[] {
    const stream = table.onOf(change.table.TableName);
    if (stream === undefined || changesNothing(change)) return [];
    const parts = { stream, change, timeMs: nowMs(), region: options.region };
    const sequenceNumber = log.nextNumber();
    return [[stream, toStreamRecord({ ...parts, sequenceNumber, isExpiry: isExpiring })]];
  }

  async function together<T>(
    run: () => Promise<T>,
    notesOf?: (result: T, changes: readonly ItemChange[]) => readonly Note[],
  ): Promise<T> {
    let made: readonly Streamed[] = [];
    const result = await engine.together(run, (value, changes) => {
      made = changes.flatMap(streamed);
      return [...(notesOf?.(value, changes) ?? []), ...log.notesOf(made)];
    });
    if (made.length > 0) await log.append(made);
    return result;
  }

  async function expiring<T>(run: () => Promise<T>): Promise<T> {
    if (!table.areOn()) return run();
    isExpiring = true;
    try {
      return await together(run);
    } finally {
      isExpiring = false;
    }
  }

  return { ...log, ...table, together, expiring };
}
