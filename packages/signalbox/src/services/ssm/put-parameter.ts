import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import { type ParameterStore, validationError } from './parameter-store.ts';

/** A standard parameter holds up to 4 KB. */
const MAX_VALUE_BYTES = 4096;

/**
 * Writes a parameter (SSM API Reference, PutParameter).
 * @throws {AwsError} `ParameterAlreadyExists` without Overwrite; `ValidationException`.
 */
export function putParameter(
  store: ParameterStore,
  input: PutParameterRequest,
  now: Date,
): PutParameterResult {
  const { Name, Value, Type, Overwrite, Description, DataType } = input;
  if (Name === undefined || !/^[\w./-]{1,1011}$/.test(Name)) {
    throw validationError('Parameter name must only contain: a-zA-Z0-9_.-/');
  }
  const existing = store.find(Name);
  if (existing !== undefined && Overwrite !== true) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  const type = Type ?? existing?.type;
  if (type === undefined) {
    throw validationError('A parameter type is required when you create a parameter.');
  }
  checkValue(Value);
  const version = store.put({
    name: Name,
    type,
    value: Value ?? '',
    description: Description ?? existing?.description,
    dataType: DataType ?? 'text',
    changedAt: now,
  });
  return { Version: version, Tier: 'Standard' };
}

function checkValue(value: string | undefined): void {
  if (value === undefined || value === '') {
    throw validationError(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
    throw validationError(
      'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
    );
  }
}
