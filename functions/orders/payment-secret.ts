import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Time that a secret is used before it is read again, so that a rotation reaches warm functions. */
const TIME_TO_LIVE_MS = 5 * 60_000;

/** A secret read on demand and kept for five minutes. */
export interface CachedSecret {
  read(): Promise<string>;
  /** Makes the next read ask again, such as after the provider refused the secret. */
  forget(): void;
}

/** Makes a cached secret of any way to fetch it; `now` returns Unix milliseconds. */
export function createCachedSecret(
  fetchSecret: () => Promise<string>,
  now: () => number = Date.now,
): CachedSecret {
  let cached: { readonly value: string; readonly readAtMs: number } | undefined;
  return {
    async read() {
      if (cached === undefined || now() - cached.readAtMs >= TIME_TO_LIVE_MS) {
        cached = { value: await fetchSecret(), readAtMs: now() };
      }
      return cached.value;
    },
    forget() {
      cached = undefined;
    },
  };
}

/** Makes the cached secret of a Secrets Manager ARN. */
export function secretsManagerSecret(secretArn: string): CachedSecret {
  const client = new SecretsManagerClient({});
  return createCachedSecret(async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (SecretString === undefined) throw new TypeError(`${secretArn} holds no text`);
    return SecretString;
  });
}
