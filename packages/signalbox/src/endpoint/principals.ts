import { createHash } from 'node:crypto';
import type { Caller } from '../core/service.ts';

/** Credentials as AWS STS hands them out. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The owners of access keys. */
export interface Principals {
  /** The same role gets the same credentials each time. */
  issue(roleArn: string): Credentials;
  /** A key that was never issued is that of the IAM user of its name: a person at the keyboard. */
  callerOf(accessKeyId: string): Caller;
}

/** IAM and AWS STS quotas, "IAM name requirements". */
const USER_NAME = /^[\w+=,.@-]{1,64}$/;

/**
 * Keeps the credentials of one account's roles.
 * An access key only names its caller, so that two people can be rehearsed: signatures are not verified, since whoever reaches the
 * loopback address may run anything here anyway.
 */
export function createPrincipals({ accountId }: { readonly accountId: string }): Principals {
  const roleOf = new Map<string, string>();
  function issue(roleArn: string): Credentials {
    const credentials = credentialsOf(roleArn);
    roleOf.set(credentials.accessKeyId, roleArn);
    return credentials;
  }

  function callerOf(accessKeyId: string): Caller {
    const arn = roleOf.get(accessKeyId);
    if (arn !== undefined) return { arn };
    const user = USER_NAME.test(accessKeyId) ? `user/${accessKeyId}` : 'root';
    return { arn: `arn:aws:iam::${accountId}:${user}`, isOutside: true };
  }

  return { issue, callerOf };
}

function credentialsOf(roleArn: string): Credentials {
  const digest = createHash('sha512').update(roleArn).digest();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const key = [...digest.subarray(0, 16)].map((byte) => letters.charAt(byte % 32)).join('');
  return {
    // AWS: temporary credentials start with ASIA, those of a user with AKIA.
    accessKeyId: `ASIA${key}`,
    secretAccessKey: digest.subarray(16, 46).toString('base64'),
    sessionToken: digest.toString('base64'),
  };
}
