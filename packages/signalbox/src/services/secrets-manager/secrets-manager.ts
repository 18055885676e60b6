import type {
  BatchGetSecretValueRequest,
  DeleteSecretRequest,
  DescribeSecretRequest,
  GetRandomPasswordRequest,
  GetSecretValueRequest,
  ListSecretsRequest,
  ListSecretVersionIdsRequest,
  RestoreSecretRequest,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateSecretRequest,
  UpdateSecretVersionStageRequest,
} from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../core/clock.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { actions, type Service } from '../../core/service.ts';
import { createSecret, putSecretValue } from './change-secrets.ts';
import { deleteSecret, restoreSecret } from './delete-secret.ts';
import {
  batchGetSecretValue,
  describeSecret,
  getSecretValue,
  listSecrets,
  listSecretVersionIds,
} from './read-secrets.ts';
import { SecretStore } from './secret-store.ts';
import {
  getRandomPassword,
  tagSecret,
  untagSecret,
  updateSecret,
  updateSecretVersionStage,
} from './update-secret.ts';

/** AWS Secrets Manager. */
export interface SecretsManager {
  readonly service: Service;
  /** Adds a secret of the template; one of that name stays as it is, so that changed values live on. */
  createSecret(secret: {
    readonly name: string;
    readonly arn: string;
    readonly secretString: string;
  }): void;
  /** Whether there is a secret of that ARN or name. */
  hasSecret(secretId: string): boolean;
}

/** Makes AWS Secrets Manager. */
export function createSecretsManager(options: {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly maps?: KeptMaps;
}): SecretsManager {
  const store = new SecretStore(options.clock, options);
  return {
    service: {
      name: 'secretsmanager',
      client: '@aws-sdk/client-secrets-manager',
      actions: actions({
        GetSecretValue: (input: GetSecretValueRequest) =>
          getSecretValue(store, input, options.clock.now()),
        DescribeSecret: (input: DescribeSecretRequest) => describeSecret(store, input),
        ListSecrets: (input: ListSecretsRequest) => listSecrets(store, input),
        CreateSecret: (input: Parameters<typeof createSecret>[1]) => createSecret(store, input),
        UpdateSecret: (input: UpdateSecretRequest) => updateSecret(store, input),
        UpdateSecretVersionStage: (input: UpdateSecretVersionStageRequest) =>
          updateSecretVersionStage(store, input),
        DeleteSecret: (input: DeleteSecretRequest) =>
          deleteSecret(store, input, options.clock.now()),
        RestoreSecret: (input: RestoreSecretRequest) => restoreSecret(store, input),
        TagResource: (input: TagResourceRequest) => tagSecret(store, input),
        UntagResource: (input: UntagResourceRequest) => untagSecret(store, input),
        ListSecretVersionIds: (input: ListSecretVersionIdsRequest) =>
          listSecretVersionIds(store, input),
        BatchGetSecretValue: (input: BatchGetSecretValueRequest) =>
          batchGetSecretValue(store, input, options.clock.now()),
        GetRandomPassword: (input: GetRandomPasswordRequest) => getRandomPassword(input),
        PutSecretValue: (input: Parameters<typeof putSecretValue>[1]) =>
          putSecretValue(store, input),
      }),
    },
    hasSecret: (secretId) =>
      store
        .all()
        .some(
          ({ name, arn, deletedAt }) => deletedAt === undefined && [name, arn].includes(secretId),
        ),
    createSecret({ name, arn, secretString }) {
      if (store.named(name) !== undefined) return;
      store.putValue(store.create(name, undefined, arn), { secretString, secretBinary: undefined });
    },
  };
}
