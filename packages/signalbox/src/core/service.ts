/** The caller of an action: the ARN of a role, or for a person at the keyboard of an IAM user or the account's root. */
export interface Caller {
  readonly arn: string;
  /** The X-Ray trace header of the work in which it calls (`X-Amzn-Trace-Id`), where it is in any. */
  readonly traceHeader?: string | undefined;
  /** The Region that was asked, such as `us-west-2`; undefined means the app's own. */
  readonly region?: string | undefined;
  /** Set where somebody outside the rehearsal calls: no function, workflow or target of it. */
  readonly isOutside?: boolean | undefined;
  /** Of a long poll over HTTP: aborts when the client hangs up, and nobody is there to take the result. */
  readonly signal?: AbortSignal | undefined;
}

/** One API action whose input is of the SDK's own type; the output has the SDK's shape. */
export type TypedAction<Input extends object> = (
  input: Input,
  caller: Caller,
) => object | Promise<object>;

/**
 * One API action as the registry calls it, with an input that was read by the action's own schema.
 * @throws {AwsError} When the service refuses.
 */
export type Action = TypedAction<object>;

/**
 * Makes an action of one that names its SDK input type. This is the one place where the rehearsal
 * trusts that an input has that type: over HTTP the codec has read and checked it by the action's
 * schema, and in process it was made for that action.
 */
export function action<Input extends object>(run: TypedAction<Input>): Action {
  return (input, caller) => run(input as Input, caller);
}

/** Makes actions, by their names in the API, of ones that name their SDK input types. */
export function actions<Inputs>(
  table: {
    readonly [Name in keyof Inputs]: TypedAction<Inputs[Name] & object>;
  },
): Readonly<Record<string, Action>> {
  const made: Record<string, Action> = {};
  for (const name in table) made[name] = action(table[name]);
  return made;
}

/** A service as the endpoint serves it. */
export interface Service {
  /** Signing name, such as `states`, `events`, `sqs`, `monitoring`. */
  readonly name: string;
  /** The SDK package whose schemas say how its inputs and outputs look on the wire. */
  readonly client: string;
  readonly actions: Readonly<Record<string, Action>>;
  /** Actions that wait on the clock by design (long polls), so that time may skip meanwhile. */
  readonly longPolls?: readonly string[];
}

/**
 * The one call path: SDK tasks of workflows, event targets and the HTTP endpoint all come here.
 * @throws {AwsError} When the service refuses, or serves no such action.
 */
export type ServiceCall = (
  service: string,
  action: string,
  input: object,
  caller: Caller,
) => Promise<object>;
