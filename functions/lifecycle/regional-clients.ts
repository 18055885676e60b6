import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Account } from './audit-scope.ts';

/** Clients are few: one for a role and a Region, kept while the execution environment lasts. */
const s3Clients = new Map<string, S3Client>();
const cloudWatchClients = new Map<string, CloudWatchClient>();
const security = new STSClient({});

/** S3 as an account's role sees it from a Region. */
export function s3In(region: string, account: Account): S3Client {
  return kept(s3Clients, region, account, () => new S3Client(optionsOf(region, account)));
}

/** CloudWatch as an account's role sees it in a Region. */
export function cloudWatchIn(region: string, account: Account): CloudWatchClient {
  return kept(
    cloudWatchClients,
    region,
    account,
    () => new CloudWatchClient(optionsOf(region, account)),
  );
}

function kept<Client>(
  clients: Map<string, Client>,
  region: string,
  { roleArn = '' }: Account,
  create: () => Client,
): Client {
  const key = `${region} ${roleArn}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = create();
  clients.set(key, client);
  return client;
}

function optionsOf(region: string, { roleArn }: Account) {
  const common = { region, maxAttempts: 4, retryMode: 'adaptive' } as const;
  return roleArn === undefined ? common : { ...common, credentials: () => assume(roleArn) };
}

/** The SDK asks again shortly before they expire. */
async function assume(roleArn: string) {
  const { Credentials: credentials } = await security.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'signalbox-audit' }),
  );
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = credentials ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new TypeError(`STS gave no credentials for ${roleArn}`);
  }
  const { SessionToken: sessionToken, Expiration: expiration } = credentials ?? {};
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
  };
}
