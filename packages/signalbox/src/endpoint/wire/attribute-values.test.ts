import { beforeAll, describe, expect, test } from '@jest/globals';
import { wellFormed } from '../../core/well-formed.ts';
import { checkInput } from './check-input.ts';
import { createJsonCodec } from './json-codec.ts';
import { loadModel, type ServiceModel } from './service-model.ts';

let model: ServiceModel;
beforeAll(async () => {
  model = await loadModel('@aws-sdk/client-dynamodb');
});

const codec = createJsonCodec('awsJson');

function read(operation: string, input: object | string): object {
  const schema = model.operations.get(operation)?.input;
  if (schema === undefined) throw new RangeError(operation);
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const decoded = codec.read(schema, text);
  checkInput(schema, decoded);
  return decoded;
}

const many = (count: number, value: object) => Array.from({ length: count }, () => value);
const put = (Item: object) => ({ TableName: 't', Item });

describe('attribute values', () => {
  test('are read as they are, and looked at once', () => {
    const Item = {
      id: { S: 'x' },
      all: { L: [{ N: '1' }, { NULL: true }, { BOOL: false }, { M: { a: { SS: ['b'] } } }] },
    };
    const input = read('PutItem', put(Item));
    expect(input).toEqual(put(Item));
    expect(wellFormed(Reflect.get(input, 'Item'))).toEqual({ kind: 'map', count: 7 });
  });

  test.each([
    ['BatchWriteItem', { RequestItems: { t: [{ PutRequest: { Item: { id: { S: 'x' } } } }] } }],
    ['BatchGetItem', { RequestItems: { t: { Keys: [{ id: { S: 'x' } }, { id: { N: '1' } }] } } }],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 't', Item: { id: { S: 'x' } } } }] },
    ],
    ['UpdateItem', { Key: { id: { S: 'x' } }, AttributeUpdates: { a: { Value: { L: [] } } } }],
    ['Query', { KeyConditions: { id: { AttributeValueList: [{ S: 'x' }, { S: 'y' }] } } }],
  ])('stand where %s has them', (operation, input) => {
    expect(read(operation, input)).toEqual(input);
  });

  test('with bytes have them decoded, in lists and sets too', () => {
    const Item = { b: { B: 'AQI=' }, all: { L: [{ B: '' }, { M: { s: { BS: ['AQ=='] } } }] } };
    const found: unknown = Reflect.get(read('PutItem', put(Item)), 'Item');
    expect(found).toEqual({
      b: { B: new Uint8Array([1, 2]) },
      all: { L: [{ B: new Uint8Array() }, { M: { s: { BS: [new Uint8Array([1])] } } }] },
    });
    expect(wellFormed(found)).toEqual({ kind: 'map', count: 5 });
  });

  test('whose base64 an encoder would write otherwise are read by their schema', () => {
    const found: unknown = Reflect.get(read('PutItem', put({ b: { B: 'AR==' } })), 'Item');
    expect([found, wellFormed(found)]).toEqual([{ b: { B: new Uint8Array([1]) } }, undefined]);
  });

  test('with bytes, plus signs and odd names are read by their schema', () => {
    const text = '{"TableName":"t","Item":{"b":{"B":"AQI="},"n":{"N":"+1"},"__proto__":{"S":"x"}}}';
    const Item: unknown = Reflect.get(read('PutItem', text), 'Item');
    expect(Object.entries(Object(Item))).toEqual([
      ['b', { B: new Uint8Array([1, 2]) }],
      ['n', { N: '+1' }],
      ['__proto__', { S: 'x' }],
    ]);
  });

  test.each([
    [put({ id: { S: 1 } }), 'NUMBER_VALUE cannot be converted to String'],
    [put({ id: null }), 'Unexpected null value in a list or map'],
    [put({ id: { L: [null] } }), 'Unexpected null value in a list or map'],
    [put({ id: ['S'] }), 'Start of list found where not expected'],
    [put({ id: { L: many(20_000, { S: 1 }) } }), ''],
  ])('that do not fit are refused', (input, message) => {
    expect(() => read('PutItem', input)).toThrow(
      expect.objectContaining({ name: 'SerializationException', message }),
    );
  });

  test.each([
    [
      'PutItem',
      put({ id: { L: many(210_000, { NULL: true }) } }),
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'PutItem',
      put(Object.fromEntries(many(190_000, {}).map((_, at) => [`k${at}`, { N: '1' }]))),
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'Query',
      { ExpressionAttributeValues: { ':a': { S: 'x'.repeat(2_200_000) } } },
      'Invalid ExpressionAttributeValues: The values have exceeded the maximum allowed size of 2 MB',
    ],
    [
      'BatchWriteItem',
      { RequestItems: { t: many(1001, {}) } },
      'Too many items requested for the BatchWriteItem call',
    ],
  ])('of %s that are too many are refused', (operation, input, message) => {
    expect(() => read(operation, input)).toThrow(
      expect.objectContaining({ name: 'ValidationException', message }),
    );
  });
});
