import { AwsError } from '../../core/aws-error.ts';

/** What PostgreSQL says of a statement that failed. */
export interface SqlFailure {
  readonly message: string;
  /** The SQLSTATE, such as `42P01`. */
  readonly code: string;
  readonly position: string | undefined;
}

export const badRequest = (message: string): AwsError =>
  new AwsError('BadRequestException', message);

/** AWS: "DatabaseErrorException: There was an error in processing the SQL statement", with PostgreSQL's own words. */
export function databaseError({ message, code, position }: SqlFailure): AwsError {
  const where = position === undefined ? '' : ` Position: ${position};`;
  return new AwsError('DatabaseErrorException', `ERROR: ${message};${where} SQLState: ${code}`);
}

export const httpEndpointNotEnabled = (arn: string): AwsError =>
  new AwsError(
    'HttpEndpointNotEnabledException',
    `HttpEndpoint is not enabled for resource ${arn}`,
  );

export const databaseUnavailable = (
  message = "The writer instance in the DB cluster isn't available",
): AwsError => new AwsError('DatabaseUnavailableException', message);

export const databaseNotFound = (name: string): AwsError =>
  new AwsError('DatabaseNotFoundException', `FATAL: database "${name}" does not exist`);

export const transactionNotFound = (id: string): AwsError =>
  new AwsError('TransactionNotFoundException', `Transaction ${id} is not found`);

export const unsupportedResult = (type: string): AwsError =>
  new AwsError(
    'UnsupportedResultException',
    `The result contains the unsupported data type ${type.toUpperCase()}`,
  );
