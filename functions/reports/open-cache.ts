import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createClient } from '@redis/client';
import type { Cache } from './cache.ts';

/** A cache that is slower than this is none: the database answers in about the same time. */
const TIMEOUT_MS = 500;

let opened: Promise<Cache> | undefined;

/**
 * Opens the ElastiCache replication group of the environment, once per execution environment;
 * undefined where none is configured.
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
  const password = secretArn === '' ? undefined : await tokenOf(secretArn);
  const [host = '', port = '6379'] = endpoint.split(':');
  const client = createClient({
    ...(password !== undefined && { password }),
    disableOfflineQueue: true,
    commandOptions: { timeout: TIMEOUT_MS },
    socket: {
      host,
      port: Number(port),
      connectTimeout: TIMEOUT_MS,
      // A token means ElastiCache, which speaks TLS alone then.
      ...(password === undefined ? {} : { tls: true as const }),
    },
  });
  client.on('error', () => undefined); // said by the command that meets it
  await client.connect();
  return {
    get: (key) => client.get(key),
    async set(key, value, ttlSeconds) {
      await client.set(key, value, { expiration: { type: 'EX', value: ttlSeconds } });
    },
  };
}

async function tokenOf(secretArn: string): Promise<string> {
  const { SecretString: token = '' } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: secretArn }),
  );
  return token;
}
