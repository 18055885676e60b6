import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { callAwsJson } from './aws-json-call.ts';

const ssm = { name: 'ssm', target: 'AmazonSSM', region: 'eu-west-1' };
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
};
const before = { ...process.env };

let server: Server;
let answers: (readonly [number, string])[];
let requests: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[];

beforeEach(async () => {
  answers = [];
  requests = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    requests.push({ headers: request.headers, body });
    const [status, text] = answers.shift() ?? [200, '{"Parameter":{"Value":"here"}}'];
    response.writeHead(status).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  for (const name of [...Object.keys(ENVIRONMENT), 'AWS_ENDPOINT_URL']) {
    const value = before[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

test('a call is signed for its service and Region, with the session of its role', async () => {
  const answer = await callAwsJson(ssm, 'GetParameter', { Name: 'plan' });

  expect(answer).toEqual({ Parameter: { Value: 'here' } });
  expect(requests).toMatchObject([
    {
      body: '{"Name":"plan"}',
      headers: {
        'x-amz-target': 'AmazonSSM.GetParameter',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-security-token': 'session',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/ssm\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/,
        ),
      },
    },
  ]);
});

test.each([
  [500, '{"__type":"InternalServerError"}'],
  [400, '{"__type":"ThrottlingException"}'],
  [503, 'no JSON'],
])('an answer of %i %s is asked for again', async (status, text) => {
  answers = [
    [status, text],
    [status, text],
  ];

  await callAwsJson(ssm, 'GetParameter', { Name: 'plan' });

  expect(requests).toHaveLength(3);
});

test('a refusal has the name that AWS gives it, and is not asked for again', async () => {
  answers = [[400, '{"__type":"com.amazonaws.ssm#ParameterNotFound","message":"Not there"}']];

  await expect(callAwsJson(ssm, 'GetParameter', { Name: 'plan' })).rejects.toMatchObject({
    name: 'AwsCallError',
    code: 'ParameterNotFound',
    message: 'Not there',
  });
  expect(requests).toHaveLength(1);
});
