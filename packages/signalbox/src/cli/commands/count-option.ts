import { InvalidArgumentError } from 'commander';

/**
 * Reads an option that counts something, for the parser of the command line.
 * @param text What the user wrote.
 * @returns A whole number of 1 or more.
 * @throws {InvalidArgumentError} For anything else.
 * @example
 * countOption('3'); // 3
 */
export function countOption(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidArgumentError('Write a whole number from 1.');
  }
  return count;
}
