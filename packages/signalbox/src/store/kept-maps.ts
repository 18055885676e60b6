import type { KeptForm, KeptMaps } from '../core/kept-maps.ts';
import type { Disk } from './disk.ts';
import { openJournal } from './journal.ts';
import { readValue, writeValue } from './plain-value.ts';

/** Kept maps, and the end of their journal. */
export interface OpenedKeptMaps extends KeptMaps {
  close(): Promise<void>;
}

/** A line of the journal: a change of one map. */
type Change<T> = SetRecord<T> | readonly ['delete', string, string] | readonly ['clear', string];
type SetRecord<T> = readonly ['set', string, string, T];

/**
 * Opens the maps of a store: one journal of all changes of all maps.
 * @throws {UserError} When the journal is damaged.
 */
export function openKeptMaps(options: {
  readonly file: string;
  readonly disk: Disk;
  readonly say: (line: string) => void;
}): OpenedKeptMaps {
  /** The lines of each map that nobody has opened yet, by the keys of its records. */
  const unopened = new Map<string, Map<string, string>>();
  /** Writes the lines of each opened map. */
  const opened = new Map<string, () => readonly string[]>();
  const journal = openJournal({
    ...options,
    take: (line) => takeLine(unopened, line),
    snapshot: () => [
      ...[...unopened.values()].flatMap((lines) => [...lines.values()]),
      ...[...opened.values()].flatMap((lines) => lines()),
    ],
  });
  return {
    map<T, Stored = T>(name: string, form?: KeptForm<T, Stored>): Map<string, T> {
      if (opened.has(name)) throw new RangeError(`Cannot open the map ${name} twice`);
      const keep = (change: Change<T>): void => journal.append(lineOf(change, form));
      const map = new KeptMap<T>(keep, name);
      for (const line of unopened.get(name)?.values() ?? []) map.restore(...readLine(line, form));
      unopened.delete(name);
      opened.set(name, () =>
        [...map].map(([key, value]) => lineOf(['set', name, key, value], form)),
      );
      return map;
    },
    close: journal.close,
  };
}

function takeLine(maps: Map<string, Map<string, string>>, line: string): void {
  const change: unknown = JSON.parse(line);
  if (!isChange(change)) throw new SyntaxError('Cannot read a change of a map');
  const [kind, name, key = ''] = change;
  const lines = maps.get(name) ?? new Map<string, string>();
  maps.set(name, lines);
  if (kind === 'set') lines.set(key, line);
  else if (kind === 'delete') lines.delete(key);
  else lines.clear();
}

function isChange(value: unknown): value is readonly [string, string, string?] {
  if (!Array.isArray(value) || typeof value[1] !== 'string') return false;
  return (
    value[0] === 'clear' || (['set', 'delete'].includes(value[0]) && typeof value[2] === 'string')
  );
}

function lineOf<T, Stored>(change: Change<T>, form: KeptForm<T, Stored> | undefined): string {
  if (change[0] !== 'set' || form === undefined) return writeValue(change);
  const [kind, name, key, value] = change;
  return writeValue([kind, name, key, form.store(value)]);
}

function readLine<T, Stored>(
  line: string,
  form: KeptForm<T, Stored> | undefined,
): readonly [string, T] {
  if (form === undefined) {
    const [, , key, value] = readValue<SetRecord<T>>(line);
    return [key, value];
  }
  const [, , key, stored] = readValue<SetRecord<Stored>>(line);
  return [key, form.restore(stored)];
}

/** A map whose changes are kept before they happen. */
class KeptMap<T> extends Map<string, T> {
  readonly #keep: (change: Change<T>) => void;
  readonly #name: string;

  constructor(keep: (change: Change<T>) => void, name: string) {
    super();
    this.#keep = keep;
    this.#name = name;
  }

  /** Takes a record that is kept already. */
  restore(key: string, value: T): void {
    super.set(key, value);
  }

  override set(key: string, value: T): this {
    this.#keep(['set', this.#name, key, value]);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    if (!this.has(key)) return false;
    this.#keep(['delete', this.#name, key]);
    return super.delete(key);
  }

  override clear(): void {
    if (this.size > 0) this.#keep(['clear', this.#name]);
    super.clear();
  }
}
