import type {
  DescribeParametersRequest,
  DescribeParametersResult,
  GetParameterHistoryRequest,
  GetParameterHistoryResult,
  GetParameterRequest,
  GetParameterResult,
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
  ParameterStringFilter,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { pageOf } from '../../core/page-of.ts';
import { type ParameterStore, validationError } from './parameter-store.ts';

/**
 * Returns one parameter.
 * @throws {AwsError} `ParameterNotFound`, `ParameterVersionNotFound`.
 */
export function getParameter(
  store: ParameterStore,
  { Name, WithDecryption }: GetParameterRequest,
): GetParameterResult {
  if (Name === undefined) throw validationError('Name is required');
  const found = store.find(Name);
  if (found !== undefined) return { Parameter: store.toParameter(found, WithDecryption === true) };
  const [bare = ''] = Name.split(':');
  if (!Name.startsWith('arn:') && store.find(bare) !== undefined) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${Name.slice(bare.length + 1)} of ${bare}. Verify the version and try again.`,
    );
  }
  throw new AwsError('ParameterNotFound', '');
}

/**
 * Returns up to ten parameters, and the names that are none.
 * @throws {AwsError} `ValidationException` for more than ten.
 */
export function getParameters(
  store: ParameterStore,
  { Names, WithDecryption }: GetParametersRequest,
): GetParametersResult {
  const names = Names ?? [];
  if (names.length === 0 || names.length > 10) {
    throw validationError(
      `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10`,
    );
  }
  const found = names.flatMap((name) => store.find(name) ?? []);
  return {
    Parameters: found.map((parameter) => store.toParameter(parameter, WithDecryption === true)),
    InvalidParameters: names.filter((name) => store.find(name) === undefined),
  };
}

/**
 * Returns the parameters below a path, in pages of ten.
 * @throws {AwsError} For a path without its slash, and for filters, which are not rehearsed.
 */
export function getParametersByPath(
  store: ParameterStore,
  input: GetParametersByPathRequest,
): GetParametersByPathResult {
  const { Path, Recursive, ParameterFilters, WithDecryption, MaxResults, NextToken } = input;
  if (Path === undefined || !Path.startsWith('/')) {
    throw validationError(
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
    );
  }
  if (ParameterFilters !== undefined && ParameterFilters.length > 0) {
    throw new AwsError(
      'InvalidFilterKey',
      'ParameterFilters is not rehearsed: list all and choose',
    );
  }
  const prefix = Path.endsWith('/') ? Path : `${Path}/`;
  const below = store
    .latest()
    .filter(({ name }) => name.startsWith(prefix))
    .filter(({ name }) => Recursive === true || !name.slice(prefix.length).includes('/'));
  const { members, next } = pageOf(below, MaxResults ?? 10, NextToken, invalidToken);
  return {
    Parameters: members.map((parameter) => store.toParameter(parameter, WithDecryption === true)),
    ...(next !== undefined && { NextToken: next }),
  };
}

/**
 * Returns every version of a parameter, oldest first, in pages of 50.
 * @throws {AwsError} `ParameterNotFound`.
 */
export function getParameterHistory(
  store: ParameterStore,
  { Name = '', WithDecryption, MaxResults, NextToken }: GetParameterHistoryRequest,
): GetParameterHistoryResult {
  const versions = store.versionsOf(Name);
  if (versions.length === 0) throw new AwsError('ParameterNotFound', '');
  const { members, next } = pageOf(versions, MaxResults ?? 50, NextToken, invalidToken);
  return {
    Parameters: members.map((version) => {
      const { ARN: _, ...metadata } = store.toMetadata(version);
      const { Value } = store.toParameter(version, WithDecryption === true);
      return { ...metadata, Value, Labels: [] };
    }),
    ...(next !== undefined && { NextToken: next }),
  };
}

/**
 * Describes parameters, in pages of ten; filters by name and type.
 * @throws {AwsError} `InvalidFilterKey` for other filters.
 */
export function describeParameters(
  store: ParameterStore,
  { ParameterFilters, Filters, MaxResults, NextToken }: DescribeParametersRequest,
): DescribeParametersResult {
  if (Filters !== undefined && Filters.length > 0) {
    throw new AwsError('InvalidFilterKey', 'Filters is not rehearsed: use ParameterFilters');
  }
  const filters = ParameterFilters ?? [];
  const chosen = store
    .latest()
    .filter((parameter) => filters.every((filter) => matches(parameter, filter)));
  const { members, next } = pageOf(chosen, MaxResults ?? 10, NextToken, invalidToken);
  return {
    Parameters: members.map((parameter) => store.toMetadata(parameter)),
    ...(next !== undefined && { NextToken: next }),
  };
}

function matches(
  { name, type }: { readonly name: string; readonly type: string },
  { Key, Option, Values }: ParameterStringFilter,
): boolean {
  const option = Option ?? 'Equals';
  if ((Key !== 'Name' && Key !== 'Type') || !Object.hasOwn(COMPARISONS, option)) {
    throw new AwsError('InvalidFilterKey', `The filter ${Key} with ${option} is not rehearsed`);
  }
  const value = Key === 'Name' ? name : type;
  return (Values ?? []).some((wanted) => ownMember(COMPARISONS, option)?.(value, wanted));
}

const COMPARISONS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  Equals: (value, wanted) => value === wanted,
  BeginsWith: (value, wanted) => value.startsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
};

function invalidToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The specified token is not valid.');
}
