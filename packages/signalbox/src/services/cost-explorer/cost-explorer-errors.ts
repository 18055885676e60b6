import { AwsError } from '../../core/aws-error.ts';

/** AWS Cost Explorer's refusals in its own words, as far as they are on record. */

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** Refuses something that AWS takes and the rehearsal doesn't have. */
export function notRehearsed(what: string): AwsError {
  return validationError(`${what} is not rehearsed`);
}

export function invalidNextToken(): AwsError {
  return new AwsError(
    'InvalidNextTokenException',
    'The pagination token is invalid. Try again without a pagination token.',
  );
}

export function requestChanged(): AwsError {
  return new AwsError(
    'RequestChangedException',
    'Your request parameters changed between pages. Try again with the old parameters or without a pagination token.',
  );
}

export function billExpired(): AwsError {
  return new AwsError(
    'BillExpirationException',
    'The requested report expired. Update the date interval and try again.',
  );
}

export function dataUnavailable(): AwsError {
  return new AwsError(
    'DataUnavailableException',
    'Data is not available. Please try to adjust the time period. If just enabled Cost Explorer, data might not be ingested yet',
  );
}

export function insufficientHistory(): AwsError {
  return new AwsError('DataUnavailableException', 'Insufficient amount of historical data.');
}

export function rateExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'Rate limit exceeded');
}

/** AWS: Cost Explorer lives in us-east-1 alone; a signature for elsewhere is none. */
export function wrongRegion(region: string): AwsError {
  return new AwsError(
    'InvalidSignatureException',
    `Credential should be scoped to a valid region, not '${region}'.`,
  );
}
