/**
 * A state's failure from deep inside an evaluation: `run-state.ts` alone turns it into a value.
 * Bugs of ours are other errors, and no Catch sees them.
 */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  /** One of `error-names.ts`. */
  readonly error: string;
  /** The reason; the run puts AWS's opening, which names the state, before it. */
  readonly detail: string;
  /** The field whose JSONata did not evaluate, for EvaluationFailed. */
  readonly location: string | undefined;
  /** Set where an expression itself failed, rather than what its value was used for. */
  readonly isQuery: boolean;
  /** Set where AWS's cause doesn't name the state. */
  readonly bare: boolean;

  constructor(
    error: string,
    detail: string,
    options: {
      readonly location?: string;
      readonly isQuery?: boolean;
      readonly bare?: boolean;
    } = {},
  ) {
    super(`${error}: ${detail}`);
    this.error = error;
    this.detail = detail;
    this.location = options.location;
    this.isQuery = options.isQuery ?? false;
    this.bare = options.bare ?? false;
  }
}
