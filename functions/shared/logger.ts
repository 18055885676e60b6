import { Logger } from '@aws-lambda-powertools/logger';

/** The function's structured logger; service name and level come from the environment. */
export const logger = new Logger();

/** Makes an error of whatever was thrown, for the log. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
