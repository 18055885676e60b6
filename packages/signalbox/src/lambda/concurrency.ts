import { AwsError } from '../core/aws-error.ts';
import type { FunctionResource } from '../template/app.ts';

/**
 * Counts the running invocations of each function against its reserved concurrency, and those of all others
 * against what is left of the account's.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class Concurrency {
  readonly #running = new Map<string, number>();
  readonly #ofAccount: number;
  readonly #functions: () => readonly FunctionResource[];
  #unreserved = 0;

  constructor(ofAccount: number, functions: () => readonly FunctionResource[]) {
    this.#ofAccount = ofAccount;
    this.#functions = functions;
  }

  /**
   * Lets an invocation in; the returned function lets it out.
   * @throws {AwsError} `TooManyRequestsException`.
   */
  enter({ name, reservedConcurrency }: FunctionResource): () => void {
    const count = this.#running.get(name) ?? 0;
    if (reservedConcurrency !== undefined) {
      if (count >= reservedConcurrency) {
        throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded');
      }
      this.#running.set(name, count + 1);
      return () => this.#running.set(name, (this.#running.get(name) ?? 1) - 1);
    }
    if (this.#unreserved >= this.#ofAccount - this.#reserved()) {
      throw tooManyRequests('ConcurrentInvocationLimitExceeded');
    }
    this.#unreserved += 1;
    return () => {
      this.#unreserved -= 1;
    };
  }

  #reserved(): number {
    return this.#functions().reduce((sum, one) => sum + (one.reservedConcurrency ?? 0), 0);
  }
}

/** AWS's refusal of an invocation that is one too many, with one of its model's reasons. */
export function tooManyRequests(Reason: string): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', { Reason, Type: 'User' });
}
