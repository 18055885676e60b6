import { describe, expect, test } from '@jest/globals';
import { object, string } from 'valibot';
import { callerIdentity, readBody, readHeader } from './http-request.ts';

const Schema = object({ name: string() });

describe('readBody()', () => {
  test('reads text and base64 alike', () => {
    const body = '{"name":"Zoë"}';

    expect(readBody({ body }, Schema)).toEqual({ ok: true, value: { name: 'Zoë' } });
    expect(
      readBody({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true }, Schema),
    ).toEqual({ ok: true, value: { name: 'Zoë' } });
  });

  test.each([undefined, '', '{', 'name'])('refuses the body %p as no JSON', (body) => {
    expect(readBody({ body }, Schema)).toEqual({
      ok: false,
      problems: [{ path: '', message: 'The body is not valid JSON' }],
    });
  });

  test('lists what does not fit', () => {
    expect(readBody({ body: '{}' }, Schema)).toEqual({
      ok: false,
      problems: [{ path: 'name', message: 'Is missing' }],
    });
  });
});

describe('readHeader()', () => {
  test('finds a header in any case', () => {
    expect(readHeader({ headers: { 'idempotency-key': 'k' } }, 'Idempotency-Key')).toBe('k');
    expect(readHeader({ headers: { 'Idempotency-Key': 'k' } }, 'idempotency-key')).toBe('k');
    expect(readHeader({}, 'idempotency-key')).toBeUndefined();
  });
});

describe('callerIdentity()', () => {
  test('takes the identity from the authorizer alone', () => {
    const userArn = 'arn:aws:iam::123456789012:user/grace';

    expect(callerIdentity({ requestContext: { authorizer: { iam: { userArn } } } })).toBe(userArn);
    expect(
      callerIdentity({ requestContext: { authorizer: { jwt: { claims: { sub: 'grace' } } } } }),
    ).toBe('grace');
    expect(callerIdentity({ requestContext: {} })).toBeUndefined();
  });
});
