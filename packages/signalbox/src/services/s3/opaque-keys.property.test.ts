import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import { s3UnderTest } from './test-s3.ts';

const { s3 } = s3UnderTest();
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

beforeAll(async () => {
  s3.simulated.seed({ buckets: [{ name: 'given' }, { name: 'other' }] });
  endpoint = await startTestEndpoint([s3.service]);
});

afterAll(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

/** Sends a request whose path is not touched on its way, as `fetch` would. */
function send(
  method: string,
  path: string,
  body?: string,
): Promise<{ status: number; body: string }> {
  const authorization = 'AWS4-HMAC-SHA256 Credential=a/20260131/us-east-1/s3/aws4_request';
  return new Promise((resolve, reject) => {
    const options = { method, path, port: endpoint.port, headers: { authorization } };
    const sent = request(options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function encoded(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

const segment = fc.constantFrom(
  '.',
  '..',
  '',
  'a',
  'other',
  '%2e',
  '?',
  '#',
  '+',
  ' ',
  'é',
  '\\',
  '*',
  ':',
);
const keys = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 6 }), fc.constantFrom('x', 'y/'))
  .map(([segments, last]) => [...segments, last].join('/'));

test('an object is found under the key that it was put with, in its bucket alone', async () => {
  await fc.assert(
    fc.asyncProperty(keys, async (key) => {
      const path = `/given/${encoded(key)}`;
      expect(await send('PUT', path, key)).toMatchObject({ status: 200 });
      expect(await send('GET', path)).toEqual({ status: 200, body: key });
      const listed = await send('GET', '/given?list-type=2&encoding-type=url');
      expect(decodeURIComponent(listed.body)).toContain(`<Key>${key}</Key>`);
      expect(await send('GET', '/other?list-type=2')).toMatchObject({
        body: expect.stringContaining('<KeyCount>0</KeyCount>'),
      });
      expect(await send('DELETE', path)).toMatchObject({ status: 204 });
    }),
    { numRuns: 60 },
  );
});

test('a request in which a proxy names the origin too means the same object', async () => {
  await send('PUT', '/given/whole', 'here');
  expect(await send('GET', `${endpoint.url}/given/whole`)).toEqual({ status: 200, body: 'here' });
});

test('a body that claims any content coding is kept as it came, with the coding', async () => {
  const url = `${endpoint.url}/given/coded`;
  const authorization = 'AWS4-HMAC-SHA256 Credential=a/20260131/us-east-1/s3/aws4_request';
  for (const coding of ['gzip', 'br', 'x-own']) {
    const headers = { authorization, 'content-encoding': coding };
    expect((await fetch(url, { method: 'PUT', headers, body: 'not packed' })).status).toBe(200);
    const head = await fetch(url, { method: 'HEAD', headers: { authorization } });
    expect(head.headers.get('content-encoding')).toBe(coding);
    expect(head.headers.get('content-length')).toBe('10');
  }
});
