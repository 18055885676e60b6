import type { DynaliteTable, Item, ItemChange } from './dynalite.ts';
import { keyIn } from './engine.ts';

/** AWS: point-in-time recovery reaches back 35 days at most. */
const RECOVERY_MS = 35 * 86_400_000;

/** AWS: "LatestRestorableDateTime is typically 5 minutes before the current time". */
const LATEST_MS = 5 * 60_000;

/** Changes of a table that are remembered; of more, the oldest are forgotten, and recovery reaches back less. */
const MAX_CHANGES = 20_000;

/** From when to when a table can be brought back, in Unix milliseconds. */
export interface RestorableSpan {
  readonly earliestMs: number;
  readonly latestMs: number;
}

interface Change {
  readonly timeMs: number;
  /** The item's key as a text of its own. */
  readonly key: string;
  readonly before: Item | undefined;
}

/** What the tables with point-in-time recovery held before each change, in memory alone. */
export class TableHistory {
  readonly #tables = new Map<string, { readonly sinceMs: number; changes: Change[] }>();

  /** Begins or ends to remember a table; what was remembered before is forgotten. */
  remember(tableName: string, isOn: boolean, nowMs: number): void {
    if (!isOn) this.#tables.delete(tableName);
    else if (!this.#tables.has(tableName)) {
      this.#tables.set(tableName, { sinceMs: nowMs, changes: [] });
    }
  }

  /** The span that the table can be brought back to; undefined where it is not remembered. */
  spanOf(tableName: string, nowMs: number): RestorableSpan | undefined {
    const table = this.#tables.get(tableName);
    if (table === undefined) return undefined;
    const earliestMs = Math.max(table.sinceMs, nowMs - RECOVERY_MS);
    return { earliestMs, latestMs: Math.max(earliestMs, nowMs - LATEST_MS) };
  }

  note({ table, before, after }: ItemChange, timeMs: number): void {
    const known = this.#tables.get(table.TableName);
    const item = before ?? after;
    if (known === undefined || item === undefined) return;
    known.changes.push({ timeMs, key: keyText(table, item), before });
    if (known.changes.length < 2 * MAX_CHANGES) return;
    const changes = known.changes.slice(-MAX_CHANGES);
    this.#tables.set(table.TableName, { sinceMs: changes[0]?.timeMs ?? timeMs, changes });
  }

  /** The items of a table as they were at an instant, from those that it has now. */
  itemsAt(table: DynaliteTable, now: readonly Item[], atMs: number): readonly Item[] {
    const items = new Map(now.map((item) => [keyText(table, item), item]));
    for (const { timeMs, key, before } of this.#changesBackwards(table.TableName)) {
      if (timeMs <= atMs) break;
      if (before === undefined) items.delete(key);
      else items.set(key, before);
    }
    return [...items.values()];
  }

  #changesBackwards(tableName: string): readonly Change[] {
    return this.#tables.get(tableName)?.changes.toReversed() ?? [];
  }
}

function keyText(table: DynaliteTable, item: Item): string {
  return JSON.stringify(keyIn(table, item));
}
