import jsonata from 'jsonata';
import { ExactNumber, isJsonNumber } from '../../core/exact-json/exact-number.ts';
import { type Json, parsePayload } from '../../core/json.ts';
import { duplicateName } from '../../core/json-text/json-fault.ts';
import { digestHex, isHashAlgorithm } from '../hash/digest.ts';
import { javaRandom } from '../java-random.ts';
import { EvaluationFailure } from './evaluation-failure.ts';
import { MEMORY_EXCEEDED } from './evaluation-limits.ts';
import { toJsonata } from './jsonata-values.ts';

/** A function that AWS adds to JSONata. */
export interface AddedFunction {
  readonly name: string;
  readonly run: (...args: readonly unknown[]) => unknown;
}

// AWS, measured: floci-io/floci pull request 2790.
const MAX_RANGE_LENGTH = 360_145;

/** `$partition(array[, size])`: chunks of the size, the last may be shorter; all in one without a size. */
function partition(...args: readonly unknown[]): unknown {
  checkCount('partition', args, 1, 2);
  const [array, size] = args;
  if (array === null) throw { code: 'T0412', token: 'partition', index: 1, type: 'arrays' };
  const given = optionalNumber('partition', 2, size);
  if (array === undefined) return undefined;
  const items: readonly unknown[] = Array.isArray(array) ? array : [array];
  const whole = Math.trunc(given ?? items.length);
  if (whole < 0) throw new EvaluationFailure('. D3137: Second argument must be zero or greater');
  if (whole === 0 || items.length === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / whole) }, (_, chunk) =>
    items.slice(chunk * whole, (chunk + 1) * whole),
  );
}

/** `$range(first, last, step)`, the last included; nothing where the step leads away, one number alone. */
function range(...args: readonly unknown[]): unknown {
  checkCount('range', args, 2, 3);
  const [first, last, step] = args.map((arg, at) => {
    const given = optionalNumber('range', at + 1, arg);
    return given === undefined ? undefined : Math.trunc(given);
  });
  if (first === undefined || last === undefined || !step) return undefined;
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE_LENGTH) throw new EvaluationFailure(`: ${MEMORY_EXCEEDED}`);
  if (length < 2) return length === 0 ? undefined : first;
  return Array.from({ length }, (_, index) => first + index * step);
}

/** `$hash(text, algorithm)`, in hexadecimal; nothing without an algorithm. */
function hash(...args: readonly unknown[]): unknown {
  checkCount('hash', args, 1, 2);
  const [text, algorithm] = args.map((arg, at) => optionalText('hash', at + 1, arg));
  if (text === undefined || algorithm === undefined) return undefined;
  if (isHashAlgorithm(algorithm)) return digestHex(algorithm, text);
  throw new EvaluationFailure(`. D3137: The hash algorithm ${algorithm} is not supported`);
}

/** `$parse(text)`: JSON from its text. */
function parse(...args: readonly unknown[]): unknown {
  checkCount('parse', args, 0, 1);
  const text = optionalText('parse', 1, args[0]);
  if (text === undefined) return undefined;
  const value = parsePayload(text);
  if (value === undefined || duplicateName(text) !== undefined || holdsInfinity(value)) {
    throw new EvaluationFailure('. D3137: Invalid JSON');
  }
  return toJsonata(value);
}

/** A number of JSON may be larger than any double. */
function holdsInfinity(value: Json): boolean {
  if (isJsonNumber(value)) return !Number.isFinite(Number(value));
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinity);
}

function checkCount(name: string, args: readonly unknown[], min: number, max: number): void {
  if (args.length < min || args.length > max) throw misfit(name, Math.min(args.length, max) + 1);
}

function optionalNumber(name: string, index: number, value: unknown): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  if (value instanceof ExactNumber) return Number(value);
  throw misfit(name, index);
}

function optionalText(name: string, index: number, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw misfit(name, index);
}

/** As the library says that an argument does not match a function's signature. */
function misfit(token: string, index: number): LibraryFailure {
  return { code: 'T0410', token, index };
}

/** What the library throws, whose text it makes itself. */
interface LibraryFailure {
  readonly code: string;
  readonly token: string;
  readonly index: number;
}

/** The functions that need neither chance nor time: a new one is its function and one line here. */
export const FUNCTIONS: readonly AddedFunction[] = [
  { name: 'partition', run: partition },
  { name: 'range', run: range },
  { name: 'hash', run: hash },
  { name: 'parse', run: parse },
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
    random: (...args: readonly unknown[]) => {
      checkCount('random', args, 0, 1);
      const seed = optionalNumber('random', 1, args[0]);
      return seed === undefined ? ports.random() : javaRandom(seed);
    },
    uuid: (...args: readonly unknown[]) => {
      checkCount('uuid', args, 0, 0);
      return ports.uuid();
    },
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
