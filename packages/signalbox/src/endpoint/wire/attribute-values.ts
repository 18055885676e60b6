import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../../core/aws-error.ts';
import { placeholderOf, type TakenValue, type WellFormedKind } from '../../core/well-formed.ts';
import { serializationError } from './check-input.ts';
import { decodeBytes } from './decode-bytes.ts';
import { itemTooLarge } from './long-item.ts';
import { isWellFormed, lookAtValues } from './look-at-values.ts';

const DYNAMODB = 'com.amazonaws.dynamodb';
/** AWS: an item has 400 kB at most. */
const MAX_ITEM_BYTES = 400 * 1024;
/** AWS: what stands in for the values of an expression has 2 MB at most. */
const MAX_EXPRESSION_BYTES = 2 * 1024 * 1024;
/** No list of requests is longer: most are of 100 at most. */
const MAX_REQUESTS = 1000;
/** Of more values than these, ones that are wrong are not looked at one by one. */
const MANY_VALUES = 10_000;

/**
 * Takes the attribute values of DynamoDB out of an input that was parsed, and leaves nothing in their place: there may
 * be hundreds of thousands of them, and to read each by its schema takes a second. Those that do not
 * fit stay, to be read and refused by the schema.
 * @param input Taken over.
 * @returns What was taken, to be put back into what is read of the rest.
 * @throws {AwsError} Where it is too much, before it is looked into.
 */
export function takeAttributeValues(schema: NormalizedSchema, input: object): TakenValue[] {
  const taken: TakenValue[] = [];
  // The other services have none.
  if (schema.getName(true)?.startsWith(`${DYNAMODB}#`)) takeInside(schema, input, [], taken);
  return taken;
}

type Path = readonly (string | number)[];

function takeInside(
  schema: NormalizedSchema,
  value: object,
  path: Path,
  taken: TakenValue[],
): void {
  for (const [step, member] of membersOf(schema, value)) {
    const one: unknown = Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
    if (typeof one !== 'object' || one === null) continue;
    const kind = kindOf(member);
    if (kind === undefined) takeInside(member, one, [...path, step], taken);
    else {
      const count = countToTake(kind, step, one);
      if (count === undefined) continue;
      taken.push({ path: [...path, step], value: one, kind, count });
      Reflect.set(value, step, placeholderOf(kind));
    }
  }
}

/** The members of a structure, list or map with their schemas, in so far as the value has such a form. */
function membersOf(
  schema: NormalizedSchema,
  value: object,
): Iterable<readonly [string | number, NormalizedSchema]> {
  if (Array.isArray(value)) {
    if (!schema.isListSchema()) return [];
    if (value.length > MAX_REQUESTS && schema.getValueSchema().isStructSchema())
      throw tooMany(schema);
    return value.map((_, at) => [at, schema.getValueSchema()] as const);
  }
  if (schema.isStructSchema()) return schema.structIterator();
  if (!schema.isMapSchema()) return [];
  return Object.keys(value).map((name) => [name, schema.getValueSchema()] as const);
}

function kindOf(schema: NormalizedSchema): WellFormedKind | undefined {
  if (isAttributeValue(schema)) return 'value';
  return schema.isMapSchema() && isAttributeValue(schema.getValueSchema()) ? 'map' : undefined;
}

/** How many values are to be taken out; undefined where they are to stay. */
function countToTake(
  kind: WellFormedKind,
  step: string | number,
  value: object,
): number | undefined {
  const values = kind === 'map' ? value : { value };
  const found = lookAtValues(values);
  if (step === 'Item' && found.leastBytes > MAX_ITEM_BYTES) throw itemTooLarge();
  if (step === 'ExpressionAttributeValues' && found.leastBytes > MAX_EXPRESSION_BYTES) {
    throw expressionTooLarge();
  }
  if (step !== '__proto__' && isWellFormed(found)) {
    if (found.hasBytes) decodeBytes(values, found.leastBytes);
    return found.count;
  }
  if (found.count > MANY_VALUES) throw serializationError();
  return undefined;
}

function isAttributeValue(schema: NormalizedSchema): boolean {
  return schema.getName(true) === `${DYNAMODB}#AttributeValue`;
}

function expressionTooLarge(): AwsError {
  return new AwsError(
    'ValidationException',
    'Invalid ExpressionAttributeValues: The values have exceeded the maximum allowed size of 2 MB',
  );
}

function tooMany(list: NormalizedSchema): AwsError {
  const call = list.getName() === 'WriteRequests' ? 'BatchWriteItem call' : 'call';
  return new AwsError('ValidationException', `Too many items requested for the ${call}`);
}
