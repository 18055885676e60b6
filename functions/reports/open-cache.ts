import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Cache } from './cache.ts';
import { connectCache } from './connect-cache.ts';

let opened: Promise<Cache> | undefined;

/**
 * Opens the ElastiCache replication group of the environment, once per execution environment and again
 * after a connection was lost; undefined where none is configured.
 */
export async function openCache(): Promise<Cache | undefined> {
  const { CACHE_ENDPOINT: endpoint = '', CACHE_SECRET_ARN: secretArn = '' } = process.env;
  if (endpoint === '') return undefined;
  opened ??= connect(endpoint, secretArn);
  try {
    return await opened;
  } catch (error) {
    opened = undefined; // the next call tries again
    throw error;
  }
}

async function connect(endpoint: string, secretArn: string): Promise<Cache> {
  const token = secretArn === '' ? undefined : await tokenOf(secretArn);
  const onLost = (): void => {
    opened = undefined;
  };
  return await connectCache({ endpoint, token, onLost });
}

async function tokenOf(secretArn: string): Promise<string> {
  const { SecretString: token = '' } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: secretArn }),
  );
  return token;
}
