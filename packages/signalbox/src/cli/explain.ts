import { types } from 'node:util';
import { allLines, foldedLines } from '../core/fold-problems.ts';
import { USER_ERROR_EXIT_CODES, UserError } from '../core/user-error.ts';

/** The reason for which a command failed, for a person, and its exit code. */
export interface Explanation {
  readonly message: string;
  readonly exitCode: number;
}

/** The endpoint that the command talked to, and the amount that it prints. */
export interface ExplainOptions {
  /** Undefined on AWS. */
  readonly endpoint: string | undefined;
  /** Print consequences of other problems, too. */
  readonly verbose: boolean;
}

const NOT_FOUND =
  /DoesNotExist$|NotFound(Exception)?$|^ResourceNotFoundException$|NonExistentQueue$/;
const UNREACHABLE = /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT)\b/;
const BAD_INPUT = /^(Invalid\w*|Validation(Error|Exception)|SerializationException|Unknown\w*)$/;

/** Explains an error of a command, without a stack unless it is our bug. */
export function explain(error: unknown, { endpoint, verbose }: ExplainOptions): Explanation {
  if (error instanceof UserError) {
    return { message: userMessage(error, verbose), exitCode: USER_ERROR_EXIT_CODES[error.code] };
  }
  if (!types.isNativeError(error)) return { message: String(error), exitCode: 1 };
  if (isUnreachable(error)) {
    const where = endpoint ?? 'AWS';
    return {
      message: `Nothing responds at ${where}: start the rehearsal with "npm start", or name another --endpoint-url`,
      exitCode: USER_ERROR_EXIT_CODES.unreachable,
    };
  }
  const missing = missingSetting(error);
  if (missing !== undefined) {
    return { message: missing, exitCode: USER_ERROR_EXIT_CODES.usage };
  }
  if (!('$metadata' in error)) return { message: error.stack ?? error.message, exitCode: 1 };
  return { message: `${error.name}: ${error.message}`, exitCode: awsExitCode(error.name) };
}

/** The cause stands last; where consequences are folded, the first line says how to see them. */
function userMessage({ message, problems }: UserError, verbose: boolean): string {
  if (problems.length === 0) return message;
  if (verbose) return allLines(problems).join('\n');
  return foldedLines(problems).length === problems.length
    ? message
    : `${problems.length} problems, but some only follow from others (--verbose prints all):\n${message}`;
}

/** Explains how to give the SDK the Region or credentials that it lacks; undefined for another error. */
function missingSetting({ name, message }: Error): string | undefined {
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return `No AWS credentials: name a profile with --profile, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (${message})`;
  }
  return message === 'Region is missing'
    ? 'No AWS Region: name one with --region, or set AWS_REGION'
    : undefined;
}

function awsExitCode(name: string): number {
  if (NOT_FOUND.test(name)) return USER_ERROR_EXIT_CODES['not-found'];
  return BAD_INPUT.test(name) ? USER_ERROR_EXIT_CODES.usage : 1;
}

function isUnreachable(error: Error): boolean {
  // The SDK may have wrapped the system's error, and keeps its text then.
  const text = 'code' in error ? `${error.code} ${error.message}` : error.message;
  return UNREACHABLE.test(text) || error.name === 'TimeoutError';
}
