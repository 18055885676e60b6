import { describe, expect, test } from '@jest/globals';
import { startTestEndpoint } from './endpoint-under-test.ts';
import { createSts } from './sts.ts';

const accountId = '123456789012';

async function whoAmI(url: string, accessKeyId: string): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260131/eu-west-1/sts/aws4_request`;
  const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
  const response = await fetch(url, { method: 'POST', headers: { authorization }, body });
  return response.text();
}

describe('createSts()', () => {
  test('says to a person and a role who they are', async () => {
    const endpoint = await startTestEndpoint([createSts({ accountId })]);
    const { accessKeyId } = endpoint.principals.issue(`arn:aws:iam::${accountId}:role/path/submit`);

    const user = await whoAmI(endpoint.url, 'grace');
    const role = await whoAmI(endpoint.url, accessKeyId);

    expect(user).toMatch(
      /<GetCallerIdentityResponse xmlns="https:\/\/sts.amazonaws.com\/doc\/2011-06-15\/"><GetCallerIdentityResult><UserId>AIDA[A-Z2-7]{17}<\/UserId><Account>123456789012<\/Account><Arn>arn:aws:iam::123456789012:user\/grace<\/Arn><\/GetCallerIdentityResult>/,
    );
    expect(role).toMatch(/<UserId>AROA[A-Z2-7]{17}:signalbox<\/UserId>/);
    expect(role).toContain('<Arn>arn:aws:sts::123456789012:assumed-role/submit/signalbox</Arn>');
    await endpoint.close();
  });
});
