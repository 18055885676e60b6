/**
 * An AWS API's refusal, as the caller's SDK will see it.
 * @example
 * throw new AwsError('DoorNotFoundException', 'There is no door "back"');
 */
export class AwsError extends Error {
  /** The error's shape name in the service's model, such as `ExecutionDoesNotExist`. */
  override readonly name: string;
  /** Further members of the modelled error, such as `CancellationReasons`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** HTTP headers that come with it, such as `x-amz-bucket-region`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    name: string,
    message: string,
    fields: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = name;
    this.fields = fields;
    this.headers = headers;
  }
}
