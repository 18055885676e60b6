import { AwsError } from '../core/aws-error.ts';
import type { FunctionResource } from '../template/app.ts';

/** The functions of an account and Region, for lookups by name. */
export interface FunctionDirectory {
  readonly functions: () => readonly FunctionResource[];
  readonly region: string;
  readonly accountId: string;
}

// Lambda API Reference, Invoke, FunctionName: a name, a partial ARN or an ARN, each with a qualifier or none.
const FUNCTION_NAME =
  /^(?:arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z]{2}(?:-[a-z]+)+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/**
 * Finds a function by its name, partial ARN or ARN; an alias or version of the template runs what `$LATEST` runs.
 * @param unqualified What the refusal names where no qualifier is given.
 * @throws {AwsError} `ResourceNotFoundException`, or `ValidationException` for what is no such name.
 */
export function findFunction(
  directory: FunctionDirectory,
  functionName: string | undefined,
  qualifier?: string,
  { unqualified }: { readonly unqualified?: '$LATEST' } = {},
): FunctionResource {
  const groups = FUNCTION_NAME.exec(functionName ?? '')?.groups;
  if (groups === undefined) throw invalidName(functionName ?? '');
  const { name = '', region = directory.region, account = directory.accountId } = groups;
  if (region !== directory.region) throw notReachable(region, directory);
  const named = groups['qualifier'];
  if (named !== undefined && qualifier !== undefined && named !== qualifier) {
    const message = `The derived qualifier from the function name does not match the specified qualifier.`;
    throw new AwsError('InvalidParameterValueException', message, { Type: 'User' });
  }
  const version = qualifier ?? named;
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const found = directory.functions().find((resource) => resource.arn === arn);
  const isThere = version === undefined || version === '$LATEST';
  if (found !== undefined && (isThere || found.qualifiers?.includes(version))) return found;
  const missing = version ?? unqualified;
  throw functionNotFound(missing === undefined ? arn : `${arn}:${missing}`);
}

/** In AWS's words (aws/aws-cdk#11826). */
function notReachable(there: string, { region }: FunctionDirectory): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Functions from '${there}' are not reachable in this region ('${region}')`,
    { Type: 'User' },
  );
}

/** Says that there is no such function, as Lambda does. */
export function functionNotFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, { Type: 'User' });
}

function invalidName(functionName: string): AwsError {
  const pattern =
    '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${functionName}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  );
}
