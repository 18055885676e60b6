import { randomInt } from 'node:crypto';
import type {
  GetRandomPasswordRequest,
  GetRandomPasswordResponse,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateSecretRequest,
  UpdateSecretResponse,
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../core/aws-error.ts';
import { putSecretValue } from './change-secrets.ts';
import type { SecretStore } from './secret-store.ts';

/**
 * Changes a secret's description and key, and gives it a new value where one is given.
 * @throws {AwsError} `ResourceNotFoundException`, `InvalidParameterException`.
 */
export function updateSecret(store: SecretStore, input: UpdateSecretRequest): UpdateSecretResponse {
  const { SecretId, Description, KmsKeyId, SecretString, SecretBinary, ClientRequestToken } = input;
  const secret = store.find(SecretId);
  const described = {
    ...secret,
    description: Description ?? secret.description,
    kmsKeyId: KmsKeyId ?? secret.kmsKeyId,
  };
  store.put(described);
  const answer = { ARN: secret.arn, Name: secret.name };
  if (SecretString === undefined && SecretBinary === undefined) return answer;
  const { VersionId } = putSecretValue(store, {
    SecretId: secret.arn,
    SecretString,
    SecretBinary,
    ClientRequestToken,
  });
  return { ...answer, VersionId };
}

/**
 * Moves a staging label from one version to another, takes it away, or gives it anew.
 * @throws {AwsError} `InvalidParameterException` where the label is not where it is said to be.
 */
export function updateSecretVersionStage(
  store: SecretStore,
  {
    SecretId,
    VersionStage = '',
    RemoveFromVersionId,
    MoveToVersionId,
  }: UpdateSecretVersionStageRequest,
): UpdateSecretVersionStageResponse {
  const secret = store.find(SecretId);
  const holder = secret.versions.find(({ stages }) => stages.includes(VersionStage));
  if (holder?.id !== RemoveFromVersionId) {
    const place = holder === undefined ? 'no version' : `version ${holder.id}`;
    throw new AwsError(
      'InvalidParameterException',
      `The parameter RemoveFromVersionId can't be ${RemoveFromVersionId ?? 'empty'}. Staging label ${VersionStage} is currently attached to ${place}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  if (MoveToVersionId !== undefined && !secret.versions.some(({ id }) => id === MoveToVersionId)) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret version: ${MoveToVersionId}.`,
    );
  }
  const isCurrent = VersionStage === 'AWSCURRENT' && MoveToVersionId !== undefined;
  const versions = secret.versions.map((version) => {
    const gone = isCurrent ? [VersionStage, 'AWSPREVIOUS'] : [VersionStage];
    const kept = version.stages.filter((stage) => !gone.includes(stage));
    if (version.id === MoveToVersionId) return { ...version, stages: [...kept, VersionStage] };
    const isPrevious = isCurrent && version.id === RemoveFromVersionId;
    return { ...version, stages: isPrevious ? [...kept, 'AWSPREVIOUS'] : kept };
  });
  store.put({ ...secret, versions });
  return { ARN: secret.arn, Name: secret.name };
}

/** Adds tags, or gives them another value. */
export function tagSecret(store: SecretStore, { SecretId, Tags = [] }: TagResourceRequest): object {
  const secret = store.find(SecretId);
  const given = new Set(Tags.map(({ Key }) => Key));
  const kept = (secret.tags ?? []).filter(({ Key }) => !given.has(Key));
  store.put({ ...secret, tags: [...kept, ...Tags] });
  return {};
}

/** Takes tags away; one that is not there is no error. */
export function untagSecret(
  store: SecretStore,
  { SecretId, TagKeys = [] }: UntagResourceRequest,
): object {
  const secret = store.find(SecretId);
  const tags = (secret.tags ?? []).filter(({ Key = '' }) => !TagKeys.includes(Key));
  store.put({ ...secret, tags });
  return {};
}

const KINDS = {
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;

/**
 * Makes a random password, with a character of each kind that is not excluded unless told otherwise.
 * @throws {AwsError} `InvalidParameterException` where nothing is left to choose from.
 */
export function getRandomPassword(input: GetRandomPasswordRequest): GetRandomPasswordResponse {
  const {
    PasswordLength = 32,
    ExcludeCharacters = '',
    IncludeSpace,
    RequireEachIncludedType = true,
  } = input;
  const without = (characters: string): string =>
    [...characters].filter((one) => !ExcludeCharacters.includes(one)).join('');
  const excluded: Readonly<Record<string, unknown>> = { ...input };
  const kinds = Object.entries(KINDS).flatMap(([flag, characters]) =>
    excluded[flag] === true || without(characters) === '' ? [] : [without(characters)],
  );
  const all = [...kinds, ...(IncludeSpace === true ? [' '] : [])].join('');
  const needed = RequireEachIncludedType ? kinds : [];
  if (all === '' || needed.length > PasswordLength) {
    throw new AwsError(
      'InvalidParameterException',
      'The password length and the excluded characters leave no password: exclude fewer, or make it longer.',
    );
  }
  const pick = (from: string): string => from.charAt(randomInt(from.length));
  const characters = needed.map(pick);
  while (characters.length < PasswordLength) characters.push(pick(all));
  return { RandomPassword: shuffled(characters).join('') };
}

function shuffled(items: readonly string[]): readonly string[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
