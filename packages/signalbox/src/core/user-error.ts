import { type Problem, problemText } from './result.ts';

/** The closed list of user mistakes, each with the exit code that the command line answers. */
export const USER_ERROR_EXIT_CODES = {
  /** A command line that does not parse, or an argument that does not fit. */
  usage: 2,
  /** A template, definition, event or setting that does not parse. */
  invalid: 2,
  /** A named function, execution or file that does not exist. */
  'not-found': 3,
  /** The port is taken. */
  'port-busy': 2,
  /** No rehearsal or AWS endpoint answers. */
  unreachable: 7,
} as const;

export type UserErrorCode = keyof typeof USER_ERROR_EXIT_CODES;

/** A mistake of the user's, printed without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;

  constructor(code: UserErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Makes one user error of all that is wrong with a document. */
export function invalid(problems: readonly Problem[]): UserError {
  return new UserError('invalid', problems.map(problemText).join('\n'));
}
