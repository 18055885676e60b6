import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../../core/aws-error.ts';
import { wellFormed } from '../../core/well-formed.ts';

/** Refuses a request body that does not fit the operation's input, in AWS's own words. */
export function serializationError(message = ''): AwsError {
  return new AwsError('SerializationException', message);
}

/**
 * Checks a decoded input against its schema: the SDK's codecs hand on a value of the wrong type as it is.
 * Required members and lengths are not in the schemas; they are the services' to check.
 * @throws {AwsError} SerializationException.
 */
export function checkInput(schema: NormalizedSchema, value: unknown): void {
  if (value === undefined || wellFormed(value) !== undefined) return;
  if (schema.isListSchema()) checkList(schema, value);
  else if (schema.isMapSchema()) checkMap(schema, value);
  else if (schema.isStructSchema()) checkStruct(schema, value);
  else checkScalar(schema, value);
}

function checkList(schema: NormalizedSchema, value: unknown): void {
  if (!Array.isArray(value)) {
    throw serializationError(
      isObject(value)
        ? 'Start of structure or map found where not expected.'
        : `Unexpected field type: ${tokenOf(value)}`,
    );
  }
  for (const item of value) checkElement(schema, item);
}

function checkMap(schema: NormalizedSchema, value: unknown): void {
  if (!isObject(value)) throw notAnObject(value);
  for (const item of Object.values(value)) checkElement(schema, item);
}

function checkElement(schema: NormalizedSchema, item: unknown): void {
  if (item !== null) checkInput(schema.getValueSchema(), item);
  else if (!schema.getMergedTraits().sparse) {
    throw serializationError('Unexpected null value in a list or map');
  }
}

function checkStruct(schema: NormalizedSchema, value: unknown): void {
  if (!isObject(value)) throw notAnObject(value);
  for (const [name, member] of schema.structIterator()) {
    checkInput(member, Object.hasOwn(value, name) ? value[name] : undefined);
  }
}

function notAnObject(value: unknown): AwsError {
  return serializationError(
    Array.isArray(value)
      ? 'Start of list found where not expected'
      : `Unexpected field type: ${tokenOf(value)}`,
  );
}

function checkScalar(schema: NormalizedSchema, value: unknown): void {
  const expected = SCALARS.find(({ is }) => is(schema));
  if (expected === undefined || expected.fits(value)) return;
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected');
  if (isObject(value)) {
    throw serializationError('Start of structure or map found where not expected.');
  }
  throw serializationError(`${tokenOf(value)} cannot be converted to ${expected.name}`);
}

const SCALARS: readonly {
  readonly name: string;
  readonly is: (schema: NormalizedSchema) => boolean;
  readonly fits: (value: unknown) => boolean;
}[] = [
  { name: 'String', is: (s) => s.isStringSchema(), fits: (v) => typeof v === 'string' },
  { name: 'Boolean', is: (s) => s.isBooleanSchema(), fits: (v) => typeof v === 'boolean' },
  {
    name: 'Number',
    is: (s) => s.isNumericSchema(),
    fits: (v) => typeof v === 'number' || typeof v === 'bigint',
  },
  { name: 'Blob', is: (s) => s.isBlobSchema(), fits: (v) => v instanceof Uint8Array },
  {
    name: 'Timestamp',
    is: (s) => s.isTimestampSchema(),
    fits: (v) => v instanceof Date && !Number.isNaN(v.getTime()),
  },
];

// AWS names the JSON parser's token: `NUMBER_VALUE cannot be converted to String`.
function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value === 'string') return 'STRING_VALUE';
  return typeof value === 'number' || typeof value === 'bigint' ? 'NUMBER_VALUE' : 'NULL_VALUE';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Date)
  );
}
