import { foldedLines } from './fold-problems.ts';
import type { Problem } from './result.ts';

/** The closed list of user mistakes, each with the exit code of the command line. */
export const USER_ERROR_EXIT_CODES = {
  /** A command line that does not parse, or an argument that does not fit. */
  usage: 2,
  /** A template, definition, event or setting that does not parse. */
  invalid: 2,
  /** A named function, execution or file that does not exist. */
  'not-found': 3,
  /** The port is taken. */
  'port-busy': 2,
  /** No rehearsal or AWS endpoint responds. */
  unreachable: 7,
} as const;

export type UserErrorCode = keyof typeof USER_ERROR_EXIT_CODES;

/**
 * A mistake of the user's, printed without a stack.
 * @example
 * throw new UserError('not-found', 'There is no door "back"');
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;
  /** All that is wrong with a document, where the message counts consequences only. */
  readonly problems: readonly Problem[];

  constructor(code: UserErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

/** Makes one user error of all that is wrong with a document; its message folds consequences. */
export function invalid(problems: readonly Problem[]): UserError {
  return new UserError('invalid', foldedLines(problems).join('\n'), problems);
}
