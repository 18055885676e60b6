import { describe, expect, test } from '@jest/globals';
import type { WireRequest } from '../wire/wire-message.ts';
import { readFormUpload } from './form-upload.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const SIGNED = {
  'x-amz-algorithm': 'AWS4-HMAC-SHA256',
  'x-amz-credential': 'key/20260105/us-east-1/s3/aws4_request',
  'x-amz-date': '20260105T100000Z',
  'x-amz-signature': 'f00',
};
const CONDITIONS = [
  { bucket: 'photos' },
  ['starts-with', '$key', 'user/'],
  ['content-length-range', 1, 10],
  { 'x-amz-meta-tag': 'a' },
  ...Object.entries(SIGNED)
    .slice(0, 3)
    .map(([name, value]) => ({ [name]: value })),
];

async function formOf(
  fields: Readonly<Record<string, string>>,
  { file = 'hello', conditions = CONDITIONS as unknown, expiration = '2026-01-05T11:00:00Z' } = {},
): Promise<WireRequest> {
  const form = new FormData();
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
  for (const [name, value] of Object.entries({ ...fields, ...SIGNED, policy })) {
    form.set(name, value);
  }
  form.set('file', new Blob([file]), 'cat.txt');
  const written = new Response(form);
  return {
    ...{ method: 'POST', path: '/photos', query: new URLSearchParams() },
    headers: { 'content-type': written.headers.get('content-type') ?? '', host: 'localhost' },
    body: Buffer.from(await written.arrayBuffer()),
  };
}

const FIELDS = { key: 'user/${filename}', 'x-amz-meta-tag': 'a' };

async function refusalOf(form: Promise<WireRequest>): Promise<unknown> {
  return readFormUpload(await form, NOW_MS).then(
    () => undefined,
    ({ name, message }: Error) => `${name}: ${message}`,
  );
}

describe('readFormUpload()', () => {
  test('makes of a form the PutObject that it stands for', async () => {
    const { request } = await readFormUpload(await formOf(FIELDS), NOW_MS);
    expect(request).toMatchObject({
      ...{ method: 'PUT', path: '/photos/user/cat.txt', body: Buffer.from('hello') },
      headers: {
        'x-amz-meta-tag': 'a',
        authorization: expect.stringContaining('Credential=key/20260105/us-east-1/s3/aws4_request'),
      },
    });
  });

  test.each([
    [
      'another key',
      { ...FIELDS, key: 'other' },
      {},
      'AccessDenied: Invalid according to Policy: Policy Condition failed: ["starts-with","$key","user/"]',
    ],
    [
      'another value',
      { ...FIELDS, 'x-amz-meta-tag': 'b' },
      {},
      'AccessDenied: Invalid according to Policy: Policy Condition failed: ["eq","$x-amz-meta-tag","a"]',
    ],
    [
      'a field that the policy does not name',
      { ...FIELDS, acl: 'private' },
      {},
      'AccessDenied: Invalid according to Policy: Extra input fields: acl',
    ],
    [
      'a file that is too large',
      FIELDS,
      { file: 'hello world' },
      'EntityTooLarge: Your proposed upload exceeds the maximum allowed size',
    ],
    [
      'a file that is too small',
      FIELDS,
      { file: '' },
      'EntityTooSmall: Your proposed upload is smaller than the minimum allowed size',
    ],
    [
      'a policy of the past',
      FIELDS,
      { expiration: '2026-01-05T09:00:00Z' },
      'AccessDenied: Invalid according to Policy: Policy expired.',
    ],
    [
      'a policy that is none',
      FIELDS,
      { conditions: 'all' },
      'InvalidPolicyDocument: Invalid Policy: Invalid JSON.',
    ],
    [
      'no key',
      { 'x-amz-meta-tag': 'a' },
      {},
      "InvalidArgument: Bucket POST must contain a field named 'key'.",
    ],
  ])('refuses %s', async (_name, fields, more, refusal) => {
    expect(await refusalOf(formOf(fields, more))).toBe(refusal);
  });

  test('refuses a body that is no form', async () => {
    const form = await formOf(FIELDS);
    const broken = Promise.resolve({ ...form, body: Buffer.from('hello') });
    expect(await refusalOf(broken)).toContain('MalformedPOSTRequest');
  });

  test('answers as the form wishes', async () => {
    const put = { status: 200, headers: { etag: '"e"' }, body: '' };
    const named = (name: string, value: string) => {
      const conditions = [...CONDITIONS, ['starts-with', `$${name}`, '']];
      return formOf({ ...FIELDS, [name]: value }, { conditions });
    };
    const answerTo = async (form: Promise<WireRequest>) =>
      (await readFormUpload(await form, NOW_MS)).answer(put);

    expect(await answerTo(formOf(FIELDS))).toMatchObject({ status: 204 });
    expect(await answerTo(named('success_action_status', '201'))).toMatchObject({
      status: 201,
      body: expect.stringContaining('<Bucket>photos</Bucket><Key>user/cat.txt</Key>'),
    });
    expect(await answerTo(named('success_action_redirect', 'http://me/done?a=1'))).toMatchObject({
      status: 303,
      headers: { location: 'http://me/done?a=1&bucket=photos&key=user%2Fcat.txt&etag=%22e%22' },
    });
    const refused = { status: 403, headers: {}, body: 'no' };
    expect((await readFormUpload(await formOf(FIELDS), NOW_MS)).answer(refused)).toBe(refused);
  });
});
