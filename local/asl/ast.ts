/** A workflow after parsing: every default applied, every expression compiled, every target known to exist. */
export interface StateMachine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  readonly timeoutSeconds: number | undefined;
}

/** A state of a machine. */
export interface State {
  readonly type: string;
  readonly name: string;
}
