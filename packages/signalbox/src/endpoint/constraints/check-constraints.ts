import { AwsError } from '../../core/aws-error.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { findViolations, type OperationConstraints, type Violation } from './find-violations.ts';
import { loadConstraints } from './load-constraints.ts';

/** The codes of services whose refusals are no `ValidationException`. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['autoscaling', 'ValidationError'],
  ['cloudformation', 'ValidationError'],
  ['logs', 'InvalidParameterException'],
  ['monitoring', 'ValidationError'],
  ['sns', 'ValidationError'],
]);

/**
 * Checks an operation's input against its service's model: at once, or when the model has been read.
 * @throws {AwsError} As AWS refuses what its model does not allow.
 */
export function checkConstraints(
  service: string,
  operation: string,
  input: object,
): void | Promise<void> {
  const constraints = loadConstraints(service);
  if (constraints instanceof Promise) {
    return constraints.then((all) => check(service, ownMember(all ?? {}, operation), input));
  }
  return check(service, ownMember(constraints ?? {}, operation), input);
}

function check(
  service: string,
  constraints: OperationConstraints | undefined,
  input: object,
): void {
  const violations = findViolations(constraints ?? {}, input);
  const [first] = violations;
  if (first === undefined) return;
  if (service === 's3') throw s3Refusal(first);
  const errors = violations.length === 1 ? 'error' : 'errors';
  const sentences = violations.map(({ sentence }) => sentence).join('; ');
  throw new AwsError(
    CODES.get(service) ?? 'ValidationException',
    `${violations.length} validation ${errors} detected: ${sentences}`,
  );
}

/** Amazon S3 names a wrong header or parameter by itself, and of a body only that it is wrong. */
function s3Refusal({ path, value }: Violation): AwsError {
  if (path === 'StorageClass') {
    return new AwsError('InvalidStorageClass', 'The storage class you specified is not valid');
  }
  // A list of its own is a header, such as that of OptionalObjectAttributes.
  const name = path.replace(/\.\*$/, '');
  if (name.includes('.')) {
    return new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  return new AwsError('InvalidArgument', 'Invalid argument.', {
    ArgumentName: name,
    ArgumentValue: String(value),
  });
}
