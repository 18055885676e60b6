import { describe, expect, test } from '@jest/globals';
import { gatewayMessage, toHttpApiResponse } from './http-api-response.ts';

const json = { status: 200, headers: { 'content-type': 'application/json' }, cookies: [] };
const serverError = gatewayMessage(500, 'Internal Server Error');

describe('toHttpApiResponse()', () => {
  test.each([
    [{ message: 'Hello' }, '{"message":"Hello"}'],
    ['Hello from Lambda!', 'Hello from Lambda!'],
    [[1, 2], '[1,2]'],
    [null, 'null'],
  ])('takes %j without a status code for the body', (functionResponse, body) => {
    expect(toHttpApiResponse(functionResponse)).toEqual({ ...json, body });
  });

  test('takes a full response as it says', () => {
    const functionResponse = {
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'X-Count': 3 },
      cookies: ['a=1; Secure', 'b=2'],
      body: '{"ok":true}',
    };

    expect(toHttpApiResponse(functionResponse)).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-count': '3' },
      cookies: ['a=1; Secure', 'b=2'],
      body: '{"ok":true}',
    });
  });

  test('defaults the content type of a full response to plain text, and the body to nothing', () => {
    expect(toHttpApiResponse({ statusCode: '204', headers: null })).toEqual({
      status: 204,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      cookies: [],
      body: '',
    });
  });

  test('decodes a base64 body', () => {
    const functionResponse = { statusCode: 200, isBase64Encoded: true, body: 'AP8=' };

    expect(toHttpApiResponse(functionResponse).body).toEqual(Buffer.from([0, 255]));
  });

  test.each([
    [{ statusCode: 'many' }],
    [{ statusCode: 2000 }],
    [{ statusCode: 200, body: { not: 'a string' } }],
    [{ statusCode: 200, headers: [] }],
    [{ statusCode: 200, headers: { a: {} } }],
    [{ statusCode: 200, headers: { 'x-a': 'split\r\nresponse' } }],
    [{ statusCode: 200, cookies: 'a=1' }],
  ])('responds with an Internal Server Error to %j, which does not fit', (functionResponse) => {
    expect(toHttpApiResponse(functionResponse)).toEqual(serverError);
  });
});
