import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';

/** A change of an item as functions and pipes get it (Lambda Developer Guide, "Using Lambda with DynamoDB"). */
export interface StreamEvent extends JsonObject {
  readonly dynamodb: JsonObject & {
    readonly SequenceNumber: string;
    /** Unix seconds. */
    readonly ApproximateCreationDateTime: number;
  };
}

/**
 * Writes a record of GetRecords as the event that it is for readers: binary values in base64.
 * @param record Of the SDK's shape.
 */
export function toStreamEvent(record: object, streamArn: string): StreamEvent {
  const { dynamodb, userIdentity, ...rest } = members(record);
  const { SequenceNumber, ApproximateCreationDateTime, ...change } = isJsonObject(dynamodb)
    ? dynamodb
    : {};
  return {
    ...rest,
    dynamodb: {
      ...change,
      ApproximateCreationDateTime: Number(ApproximateCreationDateTime),
      SequenceNumber: String(SequenceNumber),
    },
    ...(isJsonObject(userIdentity) && {
      userIdentity: {
        type: userIdentity['Type'] ?? '',
        principalId: userIdentity['PrincipalId'] ?? '',
      },
    }),
    eventSourceARN: streamArn,
  };
}

function members(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, toJson(member)]),
  );
}

function toJson(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null) return members(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return null;
}
