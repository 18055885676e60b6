import { AwsError } from '../../core/aws-error.ts';

/** @throws {AwsError} ResourceNotFoundException, always. */
export function noSuch(what: string, name: string | undefined): never {
  throw new AwsError('ResourceNotFoundException', `${what} '${name}' does not exist.`);
}
