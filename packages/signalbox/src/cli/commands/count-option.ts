import { InvalidArgumentError } from 'commander';

/** Reads an option that counts something: a whole number from 1. */
export function countOption(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidArgumentError('Write a whole number from 1.');
  }
  return count;
}
