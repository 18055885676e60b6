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
  /** Keys that were never issued are the account's root: a person at the keyboard. */
  callerOf(accessKeyId: string): Caller;
}

/**
 * Keeps the credentials of one account's roles.
 * An access key only names its caller: signatures are not verified, since whoever reaches the
 * loopback address may run anything here anyway.
 */
export function createPrincipals({ accountId }: { readonly accountId: string }): Principals {
  const roleOf = new Map<string, string>();
  const root: Caller = { arn: `arn:aws:iam::${accountId}:root`, isOutside: true };

  function issue(roleArn: string): Credentials {
    const credentials = credentialsOf(roleArn);
    roleOf.set(credentials.accessKeyId, roleArn);
    return credentials;
  }

  function callerOf(accessKeyId: string): Caller {
    const arn = roleOf.get(accessKeyId);
    return arn === undefined ? root : { arn };
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
