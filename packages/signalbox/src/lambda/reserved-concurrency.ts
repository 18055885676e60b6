import { AwsError } from '../core/aws-error.ts';
import type { FunctionResource } from '../template/app.ts';

/** Counts the running invocations of each function against its reserved concurrency. */
export class ReservedConcurrency {
  readonly #running = new Map<string, number>();

  /**
   * Lets an invocation in; the returned function lets it out.
   * @throws {AwsError} `TooManyRequestsException`.
   */
  enter({ name, reservedConcurrency }: FunctionResource): () => void {
    const count = this.#running.get(name) ?? 0;
    if (reservedConcurrency !== undefined && count >= reservedConcurrency) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        Type: 'User',
      });
    }
    this.#running.set(name, count + 1);
    return () => this.#running.set(name, (this.#running.get(name) ?? 1) - 1);
  }
}
