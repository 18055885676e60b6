import { describe, expect, test } from '@jest/globals';
import { createPrincipals } from './principals.ts';

const accountId = '123456789012';
const roleArn = `arn:aws:iam::${accountId}:role/submit-order`;

describe('createPrincipals()', () => {
  test('knows a role by the access key that it issued', () => {
    const principals = createPrincipals({ accountId });

    const { accessKeyId } = principals.issue(roleArn);

    expect(accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(principals.callerOf(accessKeyId)).toEqual({ arn: roleArn });
  });

  test('issues the same credentials for the same role, and others for another', () => {
    const issued = createPrincipals({ accountId }).issue(roleArn);

    expect(createPrincipals({ accountId }).issue(roleArn)).toEqual(issued);
    expect(createPrincipals({ accountId }).issue(`${roleArn}2`)).not.toEqual(issued);
  });

  test.each([
    ['grace', 'user/grace'],
    ['AKIAEXAMPLE', 'user/AKIAEXAMPLE'],
    ['', 'root'],
    ['a key', 'root'],
  ])('takes any other key, such as "%s", for a person at the keyboard', (key, name) => {
    const { callerOf } = createPrincipals({ accountId });

    expect(callerOf(key)).toEqual({ arn: `arn:aws:iam::123456789012:${name}`, isOutside: true });
  });
});
