import { describe, expect, test } from '@jest/globals';
import {
  type ConnectionCredentials,
  ConnectionUnusable,
} from '../../core/connection-credentials.ts';
import type { HttpRequest, HttpResponse } from '../../core/http-call.ts';
import type { JsonObject } from '../../core/json.ts';
import { invokeHttp } from './http-invoke.ts';

const CONNECTION = 'arn:aws:events:eu-west-1:123456789012:connection/shop/1';
const PARAMETERS = {
  ApiEndpoint: 'https://shop.example/orders',
  Method: 'GET',
  Authentication: { ConnectionArn: CONNECTION },
};
const OK: HttpResponse = {
  status: 200,
  statusText: 'OK',
  headers: { 'content-type': ['application/json'] },
  body: '{"id":1}',
};

async function invoke(
  parameters: JsonObject,
  response: HttpResponse | Error = OK,
  credentials: Partial<ConnectionCredentials> = { headers: { 'x-key': 'k' } },
) {
  const sent: HttpRequest[] = [];
  const send = async (request: HttpRequest) => {
    sent.push(request);
    if (response instanceof Error) throw response;
    return response;
  };
  const credentialsOf = async (connectionArn: string) => {
    if (connectionArn === CONNECTION) return { headers: {}, query: [], body: [], ...credentials };
    throw new ConnectionUnusable('Events.ConnectionResource.NotFound', 'There is none');
  };
  const caller = { arn: 'arn:aws:iam::123456789012:role/orders' };
  const result = await invokeHttp(parameters, { send, credentialsOf }, caller);
  return { result, sent };
}

describe('invokeHttp()', () => {
  test('sends the request with the credentials of its connection', async () => {
    const { result, sent } = await invoke({
      ...PARAMETERS,
      Method: 'POST',
      QueryParameters: { tag: ['a', 'b'] },
      Headers: { 'X-Trace': 't' },
      RequestBody: { id: 1 },
    });

    expect(sent).toEqual([
      {
        method: 'POST',
        url: 'https://shop.example/orders?tag=a&tag=b',
        headers: {
          'user-agent': 'Amazon|StepFunctions|HttpInvoke',
          'content-type': 'application/json',
          'x-trace': 't',
          'x-key': 'k',
        },
        body: '{"id":1}',
      },
    ]);
    expect(result).toEqual({
      kind: 'succeeded',
      output: {
        Headers: { 'content-type': ['application/json'] },
        ResponseBody: { id: 1 },
        StatusCode: 200,
        StatusText: 'OK',
      },
    });
  });

  test.each([
    ['INDICES', 'a%5B0%5D=1&a%5B1%5D=2'],
    ['BRACKETS', 'a%5B%5D=1&a%5B%5D=2'],
    ['REPEAT', 'a=1&a=2'],
    ['COMMAS', 'a=1%2C2'],
  ])('writes arrays of forms by %s', async (ArrayFormat, body) => {
    const Transform = {
      RequestBodyEncoding: 'URL_ENCODED',
      RequestEncodingOptions: { ArrayFormat },
    };

    const { sent } = await invoke({ ...PARAMETERS, RequestBody: { a: [1, 2] }, Transform });

    expect(sent).toMatchObject([{ body }]);
  });

  test('adds what its connection says, over what the task says', async () => {
    const parameters = {
      ...PARAMETERS,
      Method: 'POST',
      Headers: { 'X-Shop': 'mine' },
      QueryParameters: { page: '1' },
      RequestBody: { id: 1, shop: 'mine' },
    };
    const { sent } = await invoke(parameters, OK, {
      headers: { 'x-shop': 'theirs' },
      query: [['page', '2']],
      body: [['shop', 'theirs']],
    });

    expect(sent).toMatchObject([
      {
        url: 'https://shop.example/orders?page=2',
        headers: { 'x-shop': 'theirs' },
        body: '{"id":1,"shop":"theirs"}',
      },
    ]);
  });

  test.each<[JsonObject, HttpResponse | Error, string]>([
    [{}, { ...OK, status: 404, body: 'none' }, 'States.Http.StatusCode.404'],
    [{}, new Error('refused'), 'States.Http.Socket'],
    [{ ApiEndpoint: 'http://shop.example' }, OK, 'States.Runtime'],
    [{ Method: 'TRACE' }, OK, 'States.Runtime'],
    [
      { Authentication: { ConnectionArn: `${CONNECTION}9` } },
      OK,
      'Events.ConnectionResource.NotFound',
    ],
  ])('fails with %j', async (more, response, error) => {
    const { result } = await invoke({ ...PARAMETERS, ...more }, response);

    expect(result).toMatchObject({ kind: 'failed', error });
  });
});
