import { isJsonNumber } from '../../core/exact-json/exact-number.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { QueryLanguage } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from './diagnostic.ts';

/** The fields that only one of the query languages has. */
const FIELDS_OF: Readonly<Record<QueryLanguage, ReadonlySet<string>>> = {
  JSONata: new Set(['Arguments', 'Condition', 'Items', 'Output']),
  JSONPath: new Set([
    ...['CausePath', 'ErrorPath', 'HeartbeatSecondsPath', 'InputPath', 'ItemsPath'],
    ...['MaxConcurrencyPath', 'MaxInputBytesPerBatchPath', 'MaxItemsPath', 'MaxItemsPerBatchPath'],
    ...['OutputPath', 'Parameters', 'Result', 'ResultPath', 'ResultSelector', 'SecondsPath'],
    ...['TimeoutSecondsPath', 'TimestampPath', 'ToleratedFailureCountPath'],
    ...['ToleratedFailurePercentagePath', 'Variable'],
  ]),
};

/** Reads the members of one object of a definition, and knows in the end which ones nobody read. */
export class Fields {
  readonly place: DefinitionPath;
  readonly diagnostics: Diagnostics;
  readonly language: QueryLanguage;
  /** Whether they are of a state with a result, as a Task has. */
  readonly hasResult: boolean;
  readonly #members: JsonObject;
  readonly #read = new Set<string>();

  constructor(
    members: JsonObject,
    place: DefinitionPath,
    diagnostics: Diagnostics,
    language: QueryLanguage,
    hasResult = false,
  ) {
    this.#members = members;
    this.hasResult = hasResult;
    this.place = place;
    this.diagnostics = diagnostics;
    this.language = language;
  }

  /** The same object, read as that of a state in a query language. */
  in(language: QueryLanguage, hasResult = false): Fields {
    return new Fields(this.#members, this.place, this.diagnostics, language, hasResult);
  }

  get names(): readonly string[] {
    return Object.keys(this.#members);
  }

  at(name: string): DefinitionPath {
    return [...this.place, name];
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#members, name);
  }

  value(name: string): Json | undefined {
    this.#read.add(name);
    return this.#members[name];
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    return this.#mistyped(name, 'STRING');
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.#mistyped(name, 'BOOLEAN');
  }

  /** A number of at least `min`. */
  number(name: string, min: number): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!isJsonNumber(value)) return this.#mistyped(name, 'NUMBER');
    if (Number(value) >= min) return Number(value);
    this.diagnostics.schema(`Value must be at least ${min}`, this.at(name));
    return undefined;
  }

  /** A whole number of at least `min`. */
  integer(name: string, min: number, max = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.number(name, min);
    if (value === undefined || (Number.isInteger(value) && value <= max)) return value;
    const bound = max === Number.MAX_SAFE_INTEGER ? '' : ` up to ${max}`;
    this.diagnostics.schema(`Value must be an integer${bound}`, this.at(name));
    return undefined;
  }

  /** One of some words. */
  word<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) {
      this.diagnostics.schema(`Value is not one of [${words.join(', ')}]`, this.at(name));
    }
    return found;
  }

  object(name: string): Fields | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!isJsonObject(value)) return this.#mistyped(name, 'OBJECT');
    return this.#inner(value, this.at(name));
  }

  /** The items of an array of objects; empty where the field is missing. */
  objects(name: string): readonly Fields[] {
    return this.items(name).flatMap((item, index) => {
      const place = [...this.at(name), index];
      if (isJsonObject(item)) return [this.#inner(item, place)];
      this.diagnostics.schema('Expected value of type [OBJECT]', place);
      return [];
    });
  }

  texts(name: string): readonly string[] {
    return this.items(name).flatMap((item, index) => {
      if (typeof item === 'string') return [item];
      this.diagnostics.schema('Expected value of type [STRING]', [...this.at(name), index]);
      return [];
    });
  }

  items(name: string): readonly Json[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.#mistyped(name, 'ARRAY');
    return [];
  }

  /** Refuses the object where one of these fields is missing, naming all that are. */
  require(...names: readonly string[]): boolean {
    const missing = names.filter((name) => !this.has(name));
    if (missing.length === 0) return true;
    this.diagnostics.schema(`These fields are required: [${missing.join(', ')}]`, this.place);
    return false;
  }

  /** Names those of some fields that are there, of which one counts: no other is refused as unknown. */
  alternatives(names: readonly string[]): readonly string[] {
    const given = names.filter((name) => this.has(name));
    for (const name of given) this.#read.add(name);
    return given;
  }

  /** Refuses the object where more than one of these fields is there. */
  atMostOne(...names: readonly string[]): void {
    if (names.filter((name) => this.has(name)).length < 2) return;
    const given = this.alternatives(names);
    this.diagnostics.schema(
      `Only one of these fields is allowed: [${given.join(', ')}]`,
      this.place,
    );
  }

  /** Refuses the members that nobody read. */
  refuseOthers(): void {
    for (const name of Object.keys(this.#members)) {
      if (!this.#read.has(name)) {
        this.diagnostics.schema(this.#unsupported(name), this.place, this.at(name));
      }
    }
  }

  #inner(members: JsonObject, place: DefinitionPath): Fields {
    return new Fields(members, place, this.diagnostics, this.language, this.hasResult);
  }

  #unsupported(name: string): string {
    const other = this.language === 'JSONata' ? 'JSONPath' : 'JSONata';
    return FIELDS_OF[other].has(name)
      ? `The QueryLanguage is set to '${this.language}', but field '${name}' is only supported for the '${other}' QueryLanguage`
      : `Field '${name}' is not supported`;
  }

  #mistyped(name: string, expected: string): undefined {
    this.diagnostics.schema(`Expected value of type [${expected}]`, this.at(name));
    return undefined;
  }
}
