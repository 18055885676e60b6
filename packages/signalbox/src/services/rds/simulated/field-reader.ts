import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Problem } from '../../../core/result.ts';
import { unknownField } from '../../../core/unknown-field.ts';

/** Bounds of a whole number, and what it is when it is missing. */
interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly fallback?: number;
}

/** Reads an object's fields and collects everything that is wrong with it. */
export class FieldReader {
  readonly #object: JsonObject;
  readonly #path: string;
  readonly #problems: Problem[];
  readonly #read = new Set<string>();

  constructor(value: Json | undefined, path: string, problems: Problem[]) {
    this.#path = path;
    this.#problems = problems;
    if (!isJsonObject(value)) problems.push({ path, message: 'Write a JSON object' });
    this.#object = isJsonObject(value) ? value : {};
  }

  /** A text that fits; a missing one is the fallback, or a problem without one. */
  text(key: string, rule: { readonly pattern?: RegExp; readonly fallback?: string } = {}): string {
    const value = this.#take(key);
    if (value === undefined && rule.fallback !== undefined) return rule.fallback;
    if (typeof value === 'string' && value !== '' && (rule.pattern?.test(value) ?? true)) {
      return value;
    }
    this.problem(
      key,
      rule.pattern === undefined
        ? 'Write a text that is not empty'
        : `Write a text that fits ${rule.pattern.source}`,
    );
    return '';
  }

  /** A text that may be missing. */
  optionalText(key: string): string | undefined {
    return this.#object[key] === undefined ? undefined : this.text(key);
  }

  /** A whole number within bounds. */
  integer(key: string, { min, max, fallback }: NumberRule): number {
    const value = this.#take(key);
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
      return value;
    }
    this.problem(key, `Write a whole number from ${min} to ${max}`);
    return fallback ?? min;
  }

  /** An object of its own; a missing one is empty. */
  object(key: string): FieldReader {
    return new FieldReader(this.#take(key) ?? {}, this.pathOf(key), this.#problems);
  }

  /** A list of objects; a missing one is empty. */
  list<T>(key: string, read: (reader: FieldReader) => T): readonly T[] {
    const value = this.#take(key) ?? [];
    if (!Array.isArray(value)) {
      this.problem(key, 'Write a list');
      return [];
    }
    return value.map((item: Json, index) =>
      read(new FieldReader(item, `${this.pathOf(key)}[${index}]`, this.#problems)),
    );
  }

  /** A map of texts; a missing one is empty. */
  texts(key: string): ReadonlyMap<string, string> {
    const value = this.#take(key) ?? {};
    const entries = isJsonObject(value) ? Object.entries(value) : [];
    const texts = entries.flatMap(([name, text]): [string, string][] =>
      typeof text === 'string' ? [[name, text]] : [],
    );
    if (!isJsonObject(value) || texts.length < entries.length) {
      this.problem(key, 'Write an object of texts');
    }
    return new Map(texts);
  }

  /** Says that a field is wrong. */
  problem(key: string, message: string): void {
    this.#problems.push({ path: this.pathOf(key), message });
  }

  /** Refuses the fields that nobody has read. */
  end(): void {
    for (const key of Object.keys(this.#object)) {
      if (this.#read.has(key)) continue;
      this.#problems.push(unknownField(this.#path, key, this.#read));
    }
  }

  /** Where a field is, such as `rds.clusters[0].engine`. */
  pathOf(key: string): string {
    return `${this.#path}.${key}`;
  }

  #take(key: string): Json | undefined {
    this.#read.add(key);
    return this.#object[key];
  }
}
