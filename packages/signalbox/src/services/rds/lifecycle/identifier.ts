import { invalidParameterValue, required } from '../rds-errors.ts';

/**
 * Checks a new cluster's or instance's identifier and returns it in lower case, as RDS keeps it.
 * @throws {AwsError} `MissingParameter`; `InvalidParameterValue` in AWS's words.
 */
export function checkIdentifier(parameter: string, value: string | undefined): string {
  const identifier = required(parameter, value).toLowerCase();
  if (/^[a-z](-?[a-z0-9])*$/.test(identifier) && identifier.length <= 63) return identifier;
  throw invalidParameterValue(
    `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
  );
}
