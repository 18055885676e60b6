import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { askFunction, type FunctionQuestion } from './ask-function.ts';

const NAME = 'arn:aws:lambda:us-east-1:123456789012:function:warm-up';
const question: FunctionQuestion = {
  phase: 'look',
  failoverId: 'fo-1',
  region: 'us-east-1',
  mode: 'graceful',
  input: {},
};
const before = process.env['AWS_ENDPOINT_URL'];

let server: Server;
let answer: { readonly status: number; readonly text: string; readonly isError?: boolean };
let asked: { readonly url: string | undefined; readonly body: string }[];

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    asked.push({ url: request.url, body });
    response.setHeader('x-amzn-requestid', 'r-1');
    if (answer.isError === true) response.setHeader('x-amz-function-error', 'Unhandled');
    response.writeHead(answer.status).end(answer.text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  if (before === undefined) delete process.env['AWS_ENDPOINT_URL'];
  else process.env['AWS_ENDPOINT_URL'] = before;
});

test('a function is invoked by its ARN, and its answer read with the id of the request', async () => {
  answer = { status: 200, text: '{"status":"pending","detail":"2 of 3 pages"}' };

  expect(await askFunction(NAME, question)).toEqual({
    status: 'pending',
    detail: '2 of 3 pages',
    requestId: 'r-1',
  });
  expect(asked).toEqual([
    {
      url: `/2015-03-31/functions/${encodeURIComponent(NAME)}/invocations`,
      body: JSON.stringify(question),
    },
  ]);
});

test.each([
  ['Lambda refuses', { status: 403, text: '{"Message":"no"}' }, /answered 403/],
  ['it throws', { status: 200, text: '{"errorType":"Oops"}', isError: true }, /Oops/],
  ['it answers something else', { status: 200, text: '{"status":"fine"}' }, /has to answer/],
  ['it answers no JSON', { status: 200, text: 'fine' }, /has to answer/],
])('where %s, that is what is said', async (_, given, said) => {
  answer = given;

  await expect(askFunction(NAME, question)).rejects.toMatchObject({
    name: 'FunctionStepError',
    message: expect.stringMatching(said),
  });
});
