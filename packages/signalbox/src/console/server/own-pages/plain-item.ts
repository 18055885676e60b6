import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * Reads an item of DynamoDB without the types of its attributes.
 * @param item The item, as the API returns it.
 * @returns Its attributes: numbers as their digits, and of bytes their count.
 * @example
 * plainItem({ orderId: { S: 'ord-1' }, total: { N: '30' } }); // { orderId: 'ord-1', total: '30' }
 */
export function plainItem(
  item: Readonly<Record<string, AttributeValue>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: AttributeValue): unknown {
  if (value.M !== undefined) return plainItem(value.M);
  if (value.L !== undefined) return value.L.map(plainValue);
  if (value.B !== undefined) return `${value.B.length} bytes`;
  if (value.BS !== undefined) return value.BS.map(({ length }) => `${length} bytes`);
  if (value.NULL !== undefined) return null;
  return value.S ?? value.N ?? value.BOOL ?? value.SS ?? value.NS;
}
