import type { ParameterTier, PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm';
import { RE2JS, RE2JSException } from 're2js';
import { AwsError } from '../../core/aws-error.ts';
import { type ParameterStore, validationError } from './parameter-store.ts';

/** A standard parameter holds up to 4 KB. */
const MAX_VALUE_BYTES = 4096;
const MAX_ADVANCED_BYTES = 8192;

/**
 * Writes a parameter (SSM API Reference, PutParameter).
 * @throws {AwsError} `ParameterAlreadyExists` without Overwrite; `ValidationException`.
 */
export function putParameter(
  store: ParameterStore,
  input: PutParameterRequest,
  now: Date,
): PutParameterResult {
  const { Name, Value, Type, Overwrite, Description, DataType, AllowedPattern, Tier } = input;
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
  const tier = Tier === 'Advanced' ? 'Advanced' : (existing?.tier ?? 'Standard');
  checkValue(Value, tier);
  const allowedPattern = AllowedPattern ?? existing?.allowedPattern;
  checkPattern(Value ?? '', allowedPattern);
  putTags(store, Name, input);
  const version = store.put({
    name: Name,
    type,
    value: Value ?? '',
    description: Description ?? existing?.description,
    dataType: DataType ?? 'text',
    changedAt: now,
    allowedPattern,
    tier,
  });
  return { Version: version, Tier: tier };
}

function putTags(
  store: ParameterStore,
  name: string,
  { Tags = [], Overwrite }: PutParameterRequest,
): void {
  if (Tags.length === 0) return;
  if (Overwrite === true) {
    throw validationError(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  store.setTags(name, Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])));
}

function checkPattern(value: string, pattern: string | undefined): void {
  if (pattern === undefined || pattern === '' || patternOf(pattern).test(value)) return;
  throw new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  );
}

/** @throws {AwsError} `InvalidAllowedPatternException`. */
function patternOf(pattern: string): { test(text: string): boolean } {
  try {
    const linear = RE2JS.compile(pattern);
    return { test: (text) => linear.matcher(text).find() };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new AwsError(
      'InvalidAllowedPatternException',
      `The pattern is invalid, or looks around, which is not rehearsed: ${pattern}`,
    );
  }
}

function checkValue(value: string | undefined, tier: ParameterTier): void {
  if (value === undefined || value === '') {
    throw validationError(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (tier === 'Advanced' && Buffer.byteLength(value) > MAX_ADVANCED_BYTES) {
    throw validationError(
      'Advanced tier parameters support a maximum parameter value of 8192 characters.',
    );
  }
  if (tier === 'Standard' && Buffer.byteLength(value) > MAX_VALUE_BYTES) {
    throw validationError(
      'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
    );
  }
}
