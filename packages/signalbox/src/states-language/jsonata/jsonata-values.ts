import { ExactNumber } from '../../core/exact-json/exact-number.ts';
import { objectOf } from '../../core/exact-json/ordered-object.ts';
import { isJsonObject, type Json } from '../../core/json.ts';

const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);

/**
 * Turns a payload into the values of AWS's JSONata: whole numbers that fit a long are exact, all others
 * are doubles, so that `2.0` is 2 and what is larger than a long is rounded.
 */
export function toJsonata(value: Json): Json {
  return replaceNumbers(value, numberOf);
}

/** Turns every number into a double: for the functions of the library, which know no others. */
export function toDoubles(value: Json): Json {
  return replaceNumbers(value, (number) => number.valueOf());
}

/** Says whether there is a number in a value that a double does not hold. */
export function holdsExact(value: unknown): boolean {
  if (value instanceof ExactNumber) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsExact);
}

/** Copies what holds an exact number, and nothing else. */
function replaceNumbers(value: Json, replace: (number: ExactNumber) => Json): Json {
  if (value instanceof ExactNumber) return replace(value);
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => replaceNumbers(item, replace));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [name, replaceNumbers(member, replace)] as const,
  );
  const isSame = members.every(([name, member]) => member === value[name]);
  return isSame ? value : objectOf(members);
}

function numberOf(value: ExactNumber): number | ExactNumber {
  if (!/^-?\d+$/.test(value.text)) return value.valueOf();
  return ofInteger(BigInt(value.text));
}

/** A whole number: a double where it is exact or beyond a long. */
export function ofInteger(value: bigint): number | ExactNumber {
  const double = Number(value);
  const isExact = Number.isSafeInteger(double) || value > MAX_LONG || value < MIN_LONG;
  return isExact ? double : new ExactNumber(String(value));
}

/**
 * Returns the JSON of a number that an expression yields: AWS writes a double beyond a long as Java
 * does, and one that is not finite as text.
 */
export function toJsonNumber(value: number): number | ExactNumber | string {
  if (!Number.isFinite(value)) return String(value);
  const isBeyondLong = Math.abs(value) >= Number(MAX_LONG);
  return isBeyondLong ? new ExactNumber(javaDouble(value)) : value;
}

/** `9.223372036854776E18`. */
function javaDouble(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e+');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent}`;
}

/** Says whether what an expression reads is data, and no function. */
export function isData(value: unknown): value is Json {
  return typeof value !== 'function';
}
