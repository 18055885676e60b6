import type {
  CreateSecretRequest,
  CreateSecretResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../core/aws-error.ts';
import type { SecretStore, SecretValue } from './secret-store.ts';

/**
 * Creates a secret, with a value where one is given.
 * @throws {AwsError} `ResourceExistsException`, `InvalidParameterException`.
 */
export function createSecret(store: SecretStore, input: CreateSecretRequest): CreateSecretResponse {
  const { Name, Description, ClientRequestToken, Tags: tags, KmsKeyId: kmsKeyId } = input;
  if (Name === undefined || !/^[\w/+=.@!-]{1,512}$/.test(Name)) {
    throw new AwsError(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
  const known = store.named(Name);
  if (known?.deletedAt !== undefined) {
    throw new AwsError(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (known !== undefined) {
    throw new AwsError(
      'ResourceExistsException',
      `The operation failed because the secret ${Name} already exists.`,
    );
  }
  const value = readValue(input);
  const secret = { ...store.create(Name, Description), tags, kmsKeyId };
  const response = { ARN: secret.arn, Name };
  if (value === undefined) {
    store.put(secret);
    return response;
  }
  return { ...response, VersionId: store.putValue(secret, value, { id: ClientRequestToken }).id };
}

/**
 * Puts a new value; the same token with the same value again changes nothing.
 * @throws {AwsError} `ResourceExistsException` for the same token with another value.
 */
export function putSecretValue(
  store: SecretStore,
  input: PutSecretValueRequest,
): PutSecretValueResponse {
  const secret = store.find(input.SecretId);
  const value = readValue(input);
  if (value === undefined) {
    throw new AwsError(
      'InvalidRequestException',
      'You must provide either SecretString or SecretBinary.',
    );
  }
  const { ClientRequestToken: id, VersionStages: stages } = input;
  const known = secret.versions.find((version) => version.id === id);
  if (known !== undefined && !isSame(known, value)) {
    throw new AwsError(
      'ResourceExistsException',
      "You can't modify an existing version, you can only create a new version.",
    );
  }
  const version = known ?? store.putValue(secret, value, { id, stages });
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: [...version.stages],
  };
}

function readValue({
  SecretString,
  SecretBinary,
}: Pick<PutSecretValueRequest, 'SecretString' | 'SecretBinary'>): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'You must provide either SecretString or SecretBinary, not both.',
    );
  }
  if (SecretString === undefined && SecretBinary === undefined) return undefined;
  return { secretString: SecretString, secretBinary: SecretBinary };
}

function isSame(left: SecretValue, right: SecretValue): boolean {
  const text = ({ secretString, secretBinary }: SecretValue) =>
    secretString ?? Buffer.from(secretBinary ?? []).toString('base64');
  return text(left) === text(right);
}
