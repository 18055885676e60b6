import type {
  DeleteParameterRequest,
  DeleteParametersRequest,
  DeleteParametersResult,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import { type ParameterStore, validationError } from './parameter-store.ts';

/**
 * Deletes a parameter with all its versions.
 * @throws {AwsError} `ParameterNotFound`.
 */
export function deleteParameter(
  store: ParameterStore,
  { Name }: DeleteParameterRequest,
): Record<never, never> {
  if (Name === undefined) throw validationError('Name is required');
  if (!store.delete(Name)) throw new AwsError('ParameterNotFound', '');
  return {};
}

/** Deletes up to ten parameters, and says which of the names are none. */
export function deleteParameters(
  store: ParameterStore,
  { Names }: DeleteParametersRequest,
): DeleteParametersResult {
  const results = (Names ?? []).map((name) => ({ name, isDeleted: store.delete(name) }));
  return {
    DeletedParameters: results.filter(({ isDeleted }) => isDeleted).map(({ name }) => name),
    InvalidParameters: results.filter(({ isDeleted }) => !isDeleted).map(({ name }) => name),
  };
}
