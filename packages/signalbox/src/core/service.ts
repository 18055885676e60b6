/** Who calls: the ARN of a role, or of the account's root for a person at the keyboard. */
export interface Caller {
  readonly arn: string;
  /** The X-Ray trace header of the work in which it calls (`X-Amzn-Trace-Id`), where it is in any. */
  readonly traceHeader?: string | undefined;
  /** The Region that was asked, such as `us-west-2`; undefined means the app's own. */
  readonly region?: string | undefined;
}

/**
 * One API action: takes the decoded input of the SDK's own shape, answers the output's shape.
 * Method syntax leaves the parameter bivariant, so that an action may name its SDK input type:
 * the codec has read the input by that very schema.
 * @throws {AwsError} When the service refuses.
 */
export type Action = {
  run(input: object, caller: Caller): object | Promise<object>;
}['run'];

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
