import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { type HttpResponse, invokeHttp } from './http-invoke.ts';
import type { HttpRequest } from './http-request.ts';

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
  secret = '{"api_key_name":"X-Key","api_key_value":"k"}',
) {
  const sent: HttpRequest[] = [];
  const result = await invokeHttp(parameters, {
    send: async (request) => {
      sent.push(request);
      if (response instanceof Error) throw response;
      return response;
    },
    call: async (_service, _action, input) => {
      if (JSON.stringify(input) !== '{"SecretId":"events!connection/shop/1"}') {
        throw new AwsError('ResourceNotFoundException', 'No secret');
      }
      return { SecretString: secret };
    },
    caller: { arn: 'arn:aws:iam::123456789012:role/orders' },
  });
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

  test('authorizes by a name and a password too', async () => {
    const { sent } = await invoke(PARAMETERS, OK, '{"username":"u","password":"p"}');

    expect(sent).toMatchObject([{ headers: { authorization: 'Basic dTpw' } }]);
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
