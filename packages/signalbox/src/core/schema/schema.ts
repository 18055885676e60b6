import * as v from 'valibot';
import { nearest } from '../nearest.ts';

/** A schema of a file that a person writes: it takes any JSON value and gives a checked one. */
export type FileSchema<T> = v.GenericSchema<unknown, T>;

/** A text that is not empty. */
export const Text: FileSchema<string> = v.pipe(
  v.string('Write a text'),
  v.nonEmpty('Write a text that is not empty'),
);

/** A text that may be empty. */
export const AnyText: FileSchema<string> = v.string('Write a text');

/** Yes or no. */
export const Flag: FileSchema<boolean> = v.boolean('Write true or false');

/** A text in ISO 8601, read as a date. */
export const DateText: FileSchema<Date> = v.pipe(
  v.string('Write a date in ISO 8601'),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'Write a date in ISO 8601'),
  v.transform((text) => new Date(text)),
);

/** The library takes a list for an object. */
const AnyObject = v.custom<unknown>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Write an object',
);

/**
 * An object with these fields and no others. A missing field is refused with what to write, and every
 * unknown one with the nearest name, or with all names where none is near.
 * @param entries The schema of each field by its name; those in `v.optional` may be left out.
 * @param known The names that a message may suggest.
 * @returns The schema of the object.
 * @example
 * const Door = fields({ name: Text, seats: whole(1) });
 */
export function fields<const E extends v.ObjectEntries>(
  entries: E,
  known: readonly string[] = Object.keys(entries),
): FileSchema<v.InferOutput<v.ObjectSchema<E, undefined>>> {
  return v.pipe(
    AnyObject,
    v.looseObject(entries, ({ path }) => missingField(entries, path?.[0].key)),
    v.rawCheck(({ dataset: { value: input }, addIssue }) => {
      if (typeof input !== 'object' || input === null) return;
      for (const [key, value] of Object.entries(input)) {
        if (Object.hasOwn(entries, key)) continue;
        const path = { type: 'object', origin: 'key', input: { ...input }, key, value } as const;
        addIssue({ message: unknownField(key, known), path: [path] });
      }
    }),
  );
}

/**
 * An object of values of one kind by any names.
 * @param schema The schema of the values.
 * @returns The schema of the object.
 * @example
 * const Seats = mapOf(whole(0));
 */
export function mapOf<T>(schema: FileSchema<T>): FileSchema<Readonly<Record<string, T>>> {
  return v.pipe(AnyObject, v.record(v.string(), schema));
}

/**
 * A list of values of one kind.
 * @param schema The schema of the values.
 * @returns The schema of the list.
 * @example
 * const Names = listOf(Text);
 */
export function listOf<T>(schema: FileSchema<T>): FileSchema<T[]> {
  return v.array(schema, 'Write a list');
}

/**
 * One of some texts.
 * @param allowed The texts.
 * @returns The schema of the text.
 * @example
 * const State = oneOf(['On', 'Off']);
 */
export function oneOf<const T extends readonly string[]>(allowed: T): FileSchema<T[number]> {
  return v.picklist(allowed, `Write one of ${allowed.join(', ')}`);
}

/** A text that fits a pattern; `what` says what to write, such as `16 digits of 0-9 and a-f`. */
export function textLike(pattern: RegExp, what: string): FileSchema<string> {
  return v.pipe(v.string(`Write ${what}`), v.regex(pattern, `Write ${what}`));
}

/**
 * A whole number within bounds.
 * @param least The least that is allowed.
 * @param most The most that is allowed; anything unless given.
 * @returns The schema of the number.
 * @example
 * const Port = whole(1, 65_535);
 */
export function whole(least: number, most = Number.POSITIVE_INFINITY): FileSchema<number> {
  const bounds = Number.isFinite(most) ? `from ${least} to ${most}` : `of ${least} or more`;
  return v.custom<number>(
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    `Write a whole number ${bounds}`,
  );
}

/** The message of a field that is not there: what its own schema would ask for. */
function missingField(entries: v.ObjectEntries, key: unknown): string {
  const schema = entries[String(key)];
  const message = schema !== undefined && 'message' in schema ? schema.message : undefined;
  if (typeof message !== 'string') return 'Missing';
  return `Missing: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** The message of a field that nobody reads. */
function unknownField(name: string, known: readonly string[]): string {
  const suggestion = nearest(name, known);
  if (suggestion !== undefined) return `Unknown field: did you mean ${suggestion}?`;
  const names = [...known].sort().join(', ');
  return `Unknown field: ${names === '' ? 'remove it' : `the fields are ${names}`}`;
}
