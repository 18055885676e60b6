import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Problem } from '../../../core/result.ts';
import { unknownField } from '../../../core/unknown-field.ts';

/** Reads the members of a JSON object, all of them optional; what is wrong is gathered, not thrown. */
export class Members {
  readonly path: string;
  readonly #object: JsonObject;
  readonly #problems: Problem[];
  readonly #seen = new Set<string>();

  constructor(object: JsonObject, path: string, problems: Problem[]) {
    this.#object = object;
    this.path = path;
    this.#problems = problems;
  }

  wrong(message: string, name?: string): void {
    this.#problems.push({ path: name === undefined ? this.path : this.pathOf(name), message });
  }

  pathOf(name: string): string {
    return `${this.path}.${name}`;
  }

  json(name: string): Json | undefined {
    this.#seen.add(name);
    return this.#object[name];
  }

  text(name: string): string | undefined {
    return this.#take(name, 'a text', (value) => (typeof value === 'string' ? value : undefined));
  }

  /** A whole number of zero or more. */
  whole(name: string): number | undefined {
    return this.#take(name, 'a whole number', (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined,
    );
  }

  flag(name: string): boolean | undefined {
    return this.#take(name, 'true or false', (value) =>
      typeof value === 'boolean' ? value : undefined,
    );
  }

  date(name: string): Date | undefined {
    return this.#take(name, 'a date in ISO 8601', (value) =>
      typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined,
    );
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[]): T | undefined {
    return this.#take(name, `one of ${allowed.join(', ')}`, (value) =>
      allowed.find((each) => each === value),
    );
  }

  texts(name: string): readonly string[] | undefined {
    return this.list(name, 'a list of texts', (value) =>
      typeof value === 'string' ? value : undefined,
    );
  }

  list<T>(
    name: string,
    what: string,
    read: (item: Json, path: string) => T | undefined,
  ): readonly T[] | undefined {
    return this.#take(name, what, (value) => {
      if (!isList(value)) return undefined;
      const path = this.pathOf(name);
      const items = value.flatMap((item, i) => read(item, `${path}[${i}]`) ?? []);
      return items.length === value.length ? items : undefined;
    });
  }

  /** Reads an object; members that nobody asked for are wrong. */
  object<T>(name: string, read: (members: Members) => T): T | undefined {
    const value = this.json(name);
    if (value === undefined) return undefined;
    if (!isJsonObject(value)) this.wrong('must be an object', name);
    return this.within(value, this.pathOf(name), read);
  }

  objects<T>(name: string, read: (members: Members) => T): readonly T[] | undefined {
    return this.list(name, 'a list of objects', (item, path) => this.within(item, path, read));
  }

  within<T>(value: Json, path: string, read: (members: Members) => T): T | undefined {
    return isJsonObject(value) ? readMembers(value, path, this.#problems, read) : undefined;
  }

  /** The names of the members that nobody asked for so far. */
  names(): readonly string[] {
    return Object.keys(this.#object).filter((name) => !this.#seen.has(name));
  }

  /** Refuses the members that nobody asked for. */
  end(): void {
    for (const name of this.names()) {
      this.#problems.push(unknownField(this.path, name, this.#seen));
    }
  }

  #take<T>(name: string, what: string, read: (value: Json) => T | undefined): T | undefined {
    const value = this.json(name);
    if (value === undefined) return undefined;
    const taken = read(value);
    if (taken === undefined) this.wrong(`must be ${what}`, name);
    return taken;
  }
}

/** Reads an object and finds the members that are left over. */
export function readMembers<T>(
  object: JsonObject,
  path: string,
  problems: Problem[],
  read: (members: Members) => T,
): T {
  const members = new Members(object, path, problems);
  const value = read(members);
  members.end();
  return value;
}

/** Leaves out the members that are undefined. */
export function given<T extends object>(members: T): T {
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) Reflect.deleteProperty(members, name);
  }
  return members;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
