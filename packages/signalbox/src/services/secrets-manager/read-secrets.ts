import type {
  APIErrorType,
  BatchGetSecretValueRequest,
  BatchGetSecretValueResponse,
  DescribeSecretRequest,
  DescribeSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  ListSecretsRequest,
  ListSecretsResponse,
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
  SecretListEntry,
  SecretValueEntry,
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
  const secret = store.findEvenDeleted(SecretId);
  return { ...entryOf(secret), VersionIdsToStages: stagesOf(secret) };
}

/**
 * Lists secrets in pages.
 * @throws {AwsError} `InvalidParameterException` for filters, which are not rehearsed.
 */
export function listSecrets(
  store: SecretStore,
  { MaxResults, NextToken, Filters, IncludePlannedDeletion }: ListSecretsRequest,
): ListSecretsResponse {
  if (Filters !== undefined && Filters.length > 0) {
    throw new AwsError(
      'InvalidParameterException',
      'Filters is not rehearsed: list all and choose',
    );
  }
  const chosen = store
    .all()
    .filter(({ deletedAt }) => IncludePlannedDeletion === true || deletedAt === undefined);
  const { members, next } = pageOf(chosen, MaxResults ?? 100, NextToken, invalidToken);
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

/** Lists a secret's versions, in pages; those without a label only when asked. */
export function listSecretVersionIds(
  store: SecretStore,
  { SecretId, MaxResults, NextToken, IncludeDeprecated }: ListSecretVersionIdsRequest,
): ListSecretVersionIdsResponse {
  const { arn, name, versions } = store.findEvenDeleted(SecretId);
  const chosen = versions.filter(({ stages }) => IncludeDeprecated === true || stages.length > 0);
  const { members, next } = pageOf(chosen, MaxResults ?? 100, NextToken, invalidToken);
  return {
    ARN: arn,
    Name: name,
    Versions: members.map(({ id, stages, createdAt }) => ({
      VersionId: id,
      CreatedDate: createdAt,
      ...(stages.length > 0 && { VersionStages: [...stages] }),
    })),
    ...(next !== undefined && { NextToken: next }),
  };
}

/** Returns the current values of several secrets, and what is wrong with those that it cannot. */
export function batchGetSecretValue(
  store: SecretStore,
  { SecretIdList, Filters }: BatchGetSecretValueRequest,
  now: Date,
): BatchGetSecretValueResponse {
  if (Filters !== undefined && Filters.length > 0) {
    throw new AwsError('InvalidParameterException', 'Filters is not rehearsed: give SecretIdList');
  }
  const SecretValues: SecretValueEntry[] = [];
  const Errors: APIErrorType[] = [];
  for (const SecretId of SecretIdList ?? []) {
    try {
      SecretValues.push(getSecretValue(store, { SecretId }, now));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Errors.push({ SecretId, ErrorCode: error.name, Message: error.message });
    }
  }
  return { SecretValues, Errors };
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
    ...(secret.deletedAt !== undefined && { DeletedDate: secret.deletedAt }),
    ...(secret.lastAccessedOn !== undefined && { LastAccessedDate: secret.lastAccessedOn }),
  };
}

function stagesOf({ versions }: Secret): Record<string, string[]> {
  const staged = versions.filter(({ stages }) => stages.length > 0);
  return Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]]));
}
