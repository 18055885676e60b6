import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  ListSecretsRequest,
  ListSecretsResponse,
  SecretListEntry,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../core/aws-error.ts';
import { pageOf } from '../../core/page-of.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';

/**
 * Returns a secret's value, the current one unless a version or stage is named.
 * @throws {AwsError} `ResourceNotFoundException` for the secret or the version.
 */
export function getSecretValue(
  store: SecretStore,
  { SecretId, VersionId, VersionStage }: GetSecretValueRequest,
  now: Date,
): GetSecretValueResponse {
  const secret = store.find(SecretId);
  const version = versionOf(secret, VersionId, VersionStage);
  secret.lastAccessedOn = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: [...version.stages],
    CreatedDate: version.createdAt,
    ...(version.secretString !== undefined && { SecretString: version.secretString }),
    ...(version.secretBinary !== undefined && { SecretBinary: version.secretBinary }),
  };
}

function versionOf(
  secret: Secret,
  id: string | undefined,
  stage: string | undefined,
): SecretVersion {
  const wantedStage = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
  const version = secret.versions.find(
    (candidate) =>
      (id === undefined || candidate.id === id) &&
      (wantedStage === undefined || candidate.stages.includes(wantedStage)),
  );
  if (version !== undefined) return version;
  const wanted = id === undefined ? `staging label: ${wantedStage}` : `VersionId: ${id}`;
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${wanted}`,
  );
}

/** Returns everything about a secret but its value. */
export function describeSecret(
  store: SecretStore,
  { SecretId }: DescribeSecretRequest,
): DescribeSecretResponse {
  const secret = store.find(SecretId);
  return { ...entryOf(secret), VersionIdsToStages: stagesOf(secret) };
}

/**
 * Lists secrets in pages.
 * @throws {AwsError} `InvalidParameterException` for filters, which are not rehearsed.
 */
export function listSecrets(
  store: SecretStore,
  { MaxResults, NextToken, Filters }: ListSecretsRequest,
): ListSecretsResponse {
  if (Filters !== undefined && Filters.length > 0) {
    throw new AwsError(
      'InvalidParameterException',
      'Filters is not rehearsed: list all and choose',
    );
  }
  const { members, next } = pageOf(store.all(), MaxResults ?? 100, NextToken, invalidToken);
  return {
    SecretList: members.map(
      (secret): SecretListEntry => ({
        ...entryOf(secret),
        SecretVersionsToStages: stagesOf(secret),
      }),
    ),
    ...(next !== undefined && { NextToken: next }),
  };
}

function invalidToken(): AwsError {
  return new AwsError('InvalidNextTokenException', 'The NextToken value is invalid.');
}

function entryOf(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    CreatedDate: secret.createdAt,
    LastChangedDate: secret.lastChangedAt,
    ...(secret.description !== undefined && { Description: secret.description }),
    ...(secret.tags !== undefined && { Tags: [...secret.tags] }),
    ...(secret.kmsKeyId !== undefined && { KmsKeyId: secret.kmsKeyId }),
    ...(secret.lastAccessedOn !== undefined && { LastAccessedDate: secret.lastAccessedOn }),
  };
}

function stagesOf({ versions }: Secret): Record<string, string[]> {
  const staged = versions.filter(({ stages }) => stages.length > 0);
  return Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]]));
}
