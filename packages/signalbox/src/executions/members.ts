import { MAX_PAYLOAD_BYTES } from '../core/payload-limit.ts';
import { invalidName, validation } from './refusals.ts';

/** Returns a required member. @throws {AwsError} When it is missing or empty. */
export function required(name: string, value: string | undefined): string {
  if (value === undefined) {
    throw validation(
      `Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }
  if (value === '') {
    throw validation(
      `Value '' at '${name}' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
  }
  return value;
}

/** Checks a text's length in characters. @throws {AwsError} When it is longer. */
export function checkLength(name: string, value: string | undefined, maxLength: number): void {
  if (value === undefined || value.length <= maxLength) return;
  throw validation(
    `Value '${value}' at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
  );
}

/** As `checkLength`, for what AWS does not repeat in its refusals. @throws {AwsError} When it is longer. */
export function checkSensitiveLength(
  name: string,
  value: string | undefined,
  maxLength: number,
): void {
  if (value === undefined || value.length <= maxLength) return;
  throw validation(
    `Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
  );
}

/** Checks a word of the model. @throws {AwsError} When it is another one. */
export function checkWord(name: string, value: string | undefined, words: readonly string[]): void {
  if (value === undefined || words.includes(value)) return;
  throw validation(
    `Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${words.join(', ')}]`,
  );
}

/** Checks the size of data in UTF-8. @throws {AwsError} When it is over 262,144 bytes. */
export function checkDataSize(name: string, value: string | undefined): void {
  if (value === undefined || Buffer.byteLength(value) <= MAX_PAYLOAD_BYTES) return;
  throw validation(
    `Value at '${name}' failed to satisfy constraint: Member must have size less than or equal to ${MAX_PAYLOAD_BYTES} bytes in UTF-8 encoding`,
  );
}

const MAX_NAME_LENGTH = 80;

// AWS: CreateStateMachine, `name`: white space, brackets, wildcards, special and control characters.
const NOT_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** Checks the name of a machine, an execution or an activity. @throws {AwsError} When AWS takes no such name. */
export function checkName(name: string): void {
  checkLength('name', name, MAX_NAME_LENGTH);
  if (NOT_IN_NAMES.test(name)) throw invalidName(name);
}
