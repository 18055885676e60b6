import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import type { HttpRequest } from '../core/http-call.ts';
import { createTestClock } from '../core/test-clock.ts';
import { secretOf } from './connection-secret.ts';
import { createFindCredentials } from './find-credentials.ts';

const CONNECTION = 'arn:aws:events:eu-west-1:123456789012:connection/shop/1';
const caller = { arn: 'arn:aws:iam::123456789012:role/orders' };
const ok = { status: 200, statusText: 'OK', headers: {} };

/** Finds credentials of a connection with that secret; the authorization server answers in turn. */
function underTest(secret: object, answers: readonly string[] = []) {
  const clock = createTestClock();
  const sent: HttpRequest[] = [];
  const find = createFindCredentials({
    clock,
    async call(_service, _action, input) {
      if (JSON.stringify(input) !== '{"SecretId":"events!connection/shop/1"}') {
        throw new AwsError('ResourceNotFoundException', 'No secret');
      }
      return { SecretString: JSON.stringify(secret) };
    },
    async send(request) {
      sent.push(request);
      const body = answers[sent.length - 1];
      return body === undefined ? { ...ok, status: 401, body: '' } : { ...ok, body };
    },
  });
  return { clock, sent, find: (arn = CONNECTION) => find(arn, caller) };
}

const always = {
  HeaderParameters: [{ Key: 'X-Shop', Value: 'a' }],
  QueryStringParameters: [{ Key: 'page', Value: '1', IsValueSecret: true }],
  BodyParameters: [{ Key: 'shop', Value: 'a' }],
};

describe('credentials of a connection', () => {
  test('are a key in a header, with what goes with every call', async () => {
    const secret = secretOf({
      ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'k' },
      InvocationHttpParameters: always,
    });

    expect(await underTest(secret).find()).toEqual({
      headers: { 'x-key': 'k', 'x-shop': 'a' },
      query: [['page', '1']],
      body: [['shop', 'a']],
    });
  });

  test('are a name and a password', async () => {
    const secret = secretOf({ BasicAuthParameters: { Username: 'u', Password: 'p' } });

    expect(await underTest(secret).find()).toMatchObject({
      headers: { authorization: 'Basic dTpw' },
    });
  });

  const oauth = secretOf({
    OAuthParameters: {
      AuthorizationEndpoint: 'https://login.example/token',
      HttpMethod: 'POST',
      ClientParameters: { ClientID: 'id', ClientSecret: 's&' },
      OAuthHttpParameters: { BodyParameters: [{ Key: 'scope', Value: 'orders' }] },
    },
  });

  test('are a token, which is kept until it ends', async () => {
    const { find, sent, clock } = underTest(oauth, [
      '{"access_token":"first","expires_in":60}',
      '{"access_token":"second"}',
    ]);

    expect(await find()).toMatchObject({ headers: { authorization: 'Bearer first' } });
    expect(await find()).toMatchObject({ headers: { authorization: 'Bearer first' } });
    await clock.advance(60_000);
    expect(await find()).toMatchObject({ headers: { authorization: 'Bearer second' } });
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual({
      method: 'POST',
      url: 'https://login.example/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      staysHere: true,
      body: 'grant_type=client_credentials&client_id=id&client_secret=s%26&scope=orders',
    });
  });

  test('are a new token after the one before was refused', async () => {
    const answers = ['first', 'second'].map((token) => JSON.stringify({ access_token: token }));
    const { find } = underTest(oauth, answers);

    (await find()).forget?.();

    expect(await find()).toMatchObject({ headers: { authorization: 'Bearer second' } });
  });

  test.each([
    [oauth, [], CONNECTION, 'Events.ConnectionResource.AccessDenied'],
    [oauth, ['{}'], CONNECTION, 'Events.ConnectionResource.AccessDenied'],
    [{}, [], CONNECTION, 'Events.ConnectionResource.InvalidConnectionState'],
    [{}, [], `${CONNECTION}9`, 'Events.ConnectionResource.NotFound'],
  ])('of %j with answers %j and %s fail with %s', async (secret, answers, arn, error) => {
    await expect(underTest(secret, answers).find(arn)).rejects.toMatchObject({ error });
  });
});
