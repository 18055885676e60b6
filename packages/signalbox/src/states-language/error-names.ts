/** The reserved error names (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html). */
export const ERROR = {
  /** Stands for every error but the two that nothing catches. */
  all: 'States.ALL',
  /** An output over 256 KiB. */
  dataLimitExceeded: 'States.DataLimitExceeded',
  /** A Map's tolerated failures were exceeded. */
  exceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  /** A job or a token's holder let its heartbeat lapse. */
  heartbeatTimeout: 'States.HeartbeatTimeout',
  /** The call itself could not be made, as with HTTP tasks. */
  http: 'States.Http.Socket',
  /** An intrinsic function got arguments that it doesn't take. */
  intrinsicFailure: 'States.IntrinsicFailure',
  /** ItemReader could not read the items. */
  itemReaderFailed: 'States.ItemReaderFailed',
  /** No rule of a Choice held, and there is no Default. */
  noChoiceMatched: 'States.NoChoiceMatched',
  /** A path in Parameters led nowhere. */
  parameterPathFailure: 'States.ParameterPathFailure',
  /** The role may not make the call. */
  permissions: 'States.Permissions',
  /** A JSONata expression did not evaluate, or to something of the wrong type. */
  queryEvaluationError: 'States.QueryEvaluationError',
  /** ResultPath doesn't fit the input. */
  resultPathMatchFailure: 'States.ResultPathMatchFailure',
  /** ResultWriter could not write the results. */
  resultWriterFailed: 'States.ResultWriterFailed',
  /** The definition cannot be applied to this input. */
  runtime: 'States.Runtime',
  /** Stands for every error of a task but States.Timeout. */
  taskFailed: 'States.TaskFailed',
  /** A task or a machine took longer than its TimeoutSeconds. */
  timeout: 'States.Timeout',
} as const;

/** Errors that end the execution: neither Retry nor Catch sees them, whatever names them. */
const TERMINAL: ReadonlySet<string> = new Set([ERROR.runtime]);

/** The name of a failure, and whether a task returned it. */
export interface ErrorNames {
  /** More than one where the error has a wider name too. */
  readonly names: readonly (string | undefined)[];
  /**
   * AWS: States.ALL leaves out a state's own States.DataLimitExceeded, but covers that of a task
   * whose result is too large.
   */
  readonly isFromTask: boolean;
}

/** Says whether an `ErrorEquals` covers an error, by AWS's reserved names. */
export function coversError(
  errorEquals: readonly string[],
  { names, isFromTask }: ErrorNames,
): boolean {
  return names.some((name) => coversName(errorEquals, name ?? '', isFromTask));
}

function coversName(errorEquals: readonly string[], name: string, isFromTask: boolean): boolean {
  if (TERMINAL.has(name)) return false;
  return errorEquals.some((covered) => {
    if (covered === name) return true;
    if (name === ERROR.dataLimitExceeded && !isFromTask) return false;
    if (covered === ERROR.all) return true;
    // AWS: a lapsed heartbeat is a kind of time-out.
    if (covered === ERROR.timeout) return name === ERROR.heartbeatTimeout;
    return covered === ERROR.taskFailed && isTaskError(name);
  });
}

function isTaskError(error: string): boolean {
  return error !== ERROR.timeout && error !== ERROR.heartbeatTimeout;
}
