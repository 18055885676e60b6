import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import type { Problem } from '../core/result.ts';
import { unknownField } from '../core/unknown-field.ts';
import { invalid } from '../core/user-error.ts';

/** The fields of one object of the file of simulated resources; what is wrong is gathered, not thrown. */
export interface Fields {
  /** Where the object stands, such as `auto-scaling.us-east-1[0]`. */
  readonly path: string;
  text(name: string, fallback?: string): string;
  /** A whole number of at least `least`. */
  whole(name: string, least: number, fallback?: number): number;
  flag(name: string, fallback: boolean): boolean;
  texts(name: string, fallback?: readonly string[]): readonly string[];
  oneOf<const T extends string>(name: string, allowed: readonly T[], fallback?: T): T;
  /** The objects of a list; none where the field is missing. */
  list<T>(name: string, read: (fields: Fields) => T): readonly T[];
  /** One object in the field, undefined where it is missing. */
  object<T>(name: string, read: (fields: Fields) => T): T | undefined;
  /** Every field that is not read yet, as a list of objects by name. */
  lists<T>(read: (fields: Fields, name: string) => T): readonly T[];
  wrong(message: string, name?: string): void;
}

/**
 * Reads one section of the file of simulated resources.
 * @throws {UserError} `invalid`, with everything that is wrong with it, unknown fields included.
 */
export function readSection<T>(part: string, section: Json, read: (fields: Fields) => T): T {
  const problems: Problem[] = [];
  const [value] = readObject(section, part, problems, read);
  if (problems.length > 0 || value === undefined) throw invalid(problems);
  return value.is;
}

/** What came of an object, whatever it is: none where it was no object. */
interface Read<T> {
  readonly is: T;
}

function readObject<T>(
  value: Json | undefined,
  path: string,
  problems: Problem[],
  read: (fields: Fields) => T,
): readonly Read<T>[] {
  if (!isJsonObject(value)) {
    problems.push({ path, message: `Expected an object, found ${JSON.stringify(value)}` });
    return [];
  }
  const seen = new Set<string>();
  const is = read(fieldsOf({ value, path, problems, seen }));
  for (const name of Object.keys(value).filter((key) => !seen.has(key))) {
    problems.push(unknownField(path, name, seen));
  }
  return [{ is }];
}

interface Reading {
  readonly value: JsonObject;
  readonly path: string;
  readonly problems: Problem[];
  readonly seen: Set<string>;
}

function fieldsOf(reading: Reading): Fields {
  const { value, path, problems, seen } = reading;
  const wrong = (message: string, name?: string): void =>
    void problems.push({ path: name === undefined ? path : `${path}.${name}`, message });

  function take<T extends Json>(
    name: string,
    what: string,
    fits: (found: Json) => found is T,
    fallback: T | undefined,
    instead: T,
  ): T {
    seen.add(name);
    const found = value[name];
    if (found === undefined && fallback !== undefined) return fallback;
    if (found !== undefined && fits(found)) return found;
    wrong(found === undefined ? `Missing: write ${what}` : `Expected ${what}`, name);
    return instead;
  }

  return {
    path,
    wrong,
    text: (name, fallback) => take(name, 'a text', isText, fallback, ''),
    whole: (name, least, fallback) =>
      take(name, `a whole number of ${least} or more`, isWholeFrom(least), fallback, least),
    flag: (name, fallback) => take(name, 'true or false', isFlag, fallback, fallback),
    texts: (name, fallback) => take(name, 'a list of texts', isTexts, fallback, []),
    oneOf(name, allowed, fallback) {
      const text = take(name, `one of ${allowed.join(', ')}`, isText, fallback, '');
      const found = allowed.find((each) => each === text);
      if (found === undefined && text !== '') wrong(`Expected one of ${allowed.join(', ')}`, name);
      return found ?? fallback ?? firstOf(allowed);
    },
    list(name, read) {
      seen.add(name);
      return readList(value[name] ?? [], `${path}.${name}`, problems, read);
    },
    object(name, read) {
      seen.add(name);
      const found = value[name];
      if (found === undefined) return undefined;
      return readObject(found, `${path}.${name}`, problems, read)[0]?.is;
    },
    lists(read) {
      const names = Object.keys(value).filter((name) => !seen.has(name));
      return names.flatMap((name) => {
        seen.add(name);
        return readList(value[name], `${path}.${name}`, problems, (fields) => read(fields, name));
      });
    },
  };
}

function readList<T>(
  value: Json | undefined,
  path: string,
  problems: Problem[],
  read: (fields: Fields) => T,
): readonly T[] {
  if (!isList(value)) {
    problems.push({ path, message: 'Expected a list of objects' });
    return [];
  }
  return value
    .flatMap((item, i) => readObject(item, `${path}[${i}]`, problems, read))
    .map(({ is }) => is);
}

function firstOf<T>(all: readonly T[]): T {
  const [first] = all;
  if (first === undefined) throw new RangeError('Cannot choose among no values');
  return first;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isText(value: Json): value is string {
  return typeof value === 'string' && value !== '';
}

function isFlag(value: Json): value is boolean {
  return typeof value === 'boolean';
}

function isTexts(value: Json): value is readonly string[] {
  return isList(value) && value.every(isText);
}

function isWholeFrom(least: number): (value: Json) => value is number {
  return (value): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= least;
}
