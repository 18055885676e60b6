import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** AWS, measured: 31 lists and maps around a value are taken, and 32 refused. */
const MAX_WRAPPERS = 31;

/**
 * Refuses items to put that are nested deeper than DynamoDB takes them.
 * @param input Of PutItem or BatchWriteItem, in DynamoDB's JSON.
 * @throws {AwsError} `ValidationException`.
 */
export function checkNesting(input: JsonObject): void {
  if (itemsIn(input).every((item) => Object.values(item).every((value) => fits(value, 0)))) return;
  throw new AwsError(
    'ValidationException',
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );
}

function itemsIn({ Item, RequestItems }: JsonObject): readonly JsonObject[] {
  if (isJsonObject(Item)) return [Item];
  if (!isJsonObject(RequestItems)) return [];
  const requests = Object.values(RequestItems).flatMap((list) => (Array.isArray(list) ? list : []));
  return requests.flatMap((request) => {
    const put = isJsonObject(request) ? request['PutRequest'] : undefined;
    return isJsonObject(put) ? itemsIn(put) : [];
  });
}

function fits(value: Json, wrappers: number): boolean {
  if (!isJsonObject(value)) return true;
  const { L, M } = value;
  if (L === undefined && M === undefined) return true;
  if (wrappers === MAX_WRAPPERS) return false;
  if (Array.isArray(L) && !L.every((one: Json) => fits(one, wrappers + 1))) return false;
  return !isJsonObject(M) || Object.values(M).every((one) => fits(one, wrappers + 1));
}
