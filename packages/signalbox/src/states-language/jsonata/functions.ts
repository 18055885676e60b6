import jsonata from 'jsonata';
import { type Json, parseJson } from '../../core/json.ts';
import { digestHex, isHashAlgorithm } from '../hash/digest.ts';
import { javaRandom } from '../java-random.ts';
import { EvaluationFailure } from './evaluation-failure.ts';

/** A function that AWS adds to JSONata, with its signature in JSONata's notation. */
export interface AddedFunction {
  readonly name: string;
  readonly run: Parameters<jsonata.Expression['registerFunction']>[1];
  readonly signature: string;
}

const MAX_RANGE_LENGTH = 1000;

/** `$partition(array, size)`: chunks of the size, the last may be shorter. */
function partition(items: readonly Json[], size: number): Json {
  const whole = Math.round(size);
  if (whole < 1) throw new EvaluationFailure(': The chunk size must be a positive integer');
  return Array.from({ length: Math.ceil(items.length / whole) }, (_, chunk) =>
    items.slice(chunk * whole, (chunk + 1) * whole),
  );
}

/** `$range(first, last, step)`, the last included. */
function range(first: number, last: number, step: number): Json {
  if (step === 0) throw new EvaluationFailure(': The step must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE_LENGTH) {
    throw new EvaluationFailure(`: The range has more than ${MAX_RANGE_LENGTH} items`);
  }
  return Array.from({ length }, (_, index) => first + index * step);
}

/** `$hash(text[, algorithm])`, in hexadecimal; SHA-1 by default. */
function hash(text: string, algorithm = 'SHA-1'): string {
  if (!isHashAlgorithm(algorithm)) {
    throw new EvaluationFailure(`: The hash algorithm ${algorithm} is not supported`);
  }
  return digestHex(algorithm, text);
}

/** `$parse(text)`: JSON from its text. */
function parse(text: string): Json {
  const value = parseJson(text);
  if (value !== undefined) return value;
  throw new EvaluationFailure(': The argument of $parse is not valid JSON');
}

/** The functions that need neither chance nor time: a new one is its function and one line here. */
export const FUNCTIONS: readonly AddedFunction[] = [
  { name: 'partition', run: partition, signature: '<an:a>' },
  { name: 'range', run: range, signature: '<nnn:a>' },
  { name: 'hash', run: hash, signature: '<s-s?:s>' },
  { name: 'parse', run: parse, signature: '<s-:x>' },
];

/** The sources of chance and time for functions. */
export interface JsonataPorts {
  now(): Date;
  /** A number in [0, 1). */
  random(): number;
  uuid(): string;
}

const FORMAT_MILLIS = jsonata('$fromMillis($ms, $picture, $timezone)');

/** `$random([seed])`, `$uuid()`, and JSONata's own functions of time and chance, on our clock and chance. */
export function portFunctions(ports: JsonataPorts): Readonly<Record<string, unknown>> {
  const startMs = ports.now().getTime();
  return {
    random: (seed?: number) => (seed === undefined ? ports.random() : javaRandom(seed)),
    uuid: () => ports.uuid(),
    millis: () => startMs,
    now: (picture?: string, timezone?: string) =>
      FORMAT_MILLIS.evaluate(undefined, { ms: startMs, picture, timezone }),
    shuffle: (items: Json) => shuffle(Array.isArray(items) ? items : [items], ports),
  };
}

/** Fisher and Yates' shuffle. */
function shuffle(items: readonly Json[], ports: JsonataPorts): Json {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(ports.random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] ?? null, shuffled[last] ?? null];
  }
  return shuffled;
}
