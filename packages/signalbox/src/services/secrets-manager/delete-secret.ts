import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../core/aws-error.ts';
import type { SecretStore } from './secret-store.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Deletes a secret after its recovery window of 7 to 30 days, or at once where that is forced
 * (Secrets Manager API Reference, DeleteSecret).
 * @throws {AwsError} `ResourceNotFoundException`; `InvalidParameterException` for both, or a wrong window.
 */
export function deleteSecret(
  store: SecretStore,
  {
    SecretId,
    RecoveryWindowInDays: days,
    ForceDeleteWithoutRecovery: isForced,
  }: DeleteSecretRequest,
  now: Date,
): DeleteSecretResponse {
  if (isForced === true && days !== undefined) {
    throw invalid(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  if (days !== undefined && (days < 7 || days > 30)) {
    throw invalid('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
  const secret = store.findEvenDeleted(SecretId);
  const { arn, name } = secret;
  if (isForced === true) {
    store.remove(name);
    return { ARN: arn, Name: name, DeletionDate: now };
  }
  const goneAt = new Date(now.getTime() + (days ?? 30) * DAY_MS);
  store.put({ ...secret, deletedAt: now, goneAt });
  return { ARN: arn, Name: name, DeletionDate: goneAt };
}

/** Takes a deletion back; of a secret that is not deleted it changes nothing. */
export function restoreSecret(
  store: SecretStore,
  { SecretId }: RestoreSecretRequest,
): RestoreSecretResponse {
  const { deletedAt: _, goneAt: __, ...secret } = store.findEvenDeleted(SecretId);
  store.put(secret);
  return { ARN: secret.arn, Name: secret.name };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
