import { AwsError } from '../core/aws-error.ts';
import { passBy } from '../core/lineage.ts';
import type { Recursions } from '../core/recursions.ts';
import type { FunctionResource } from '../template/app.ts';

/**
 * AWS stops a function that was invoked by what it started itself after about so many times.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
const MOST_DESCENTS = 16;

/**
 * Takes an invocation past its function, and returns the trace header that the function sees.
 *
 * @param traceHeader That of what invokes it.
 * @throws {AwsError} `RecursiveInvocationException` where it comes of itself too deep, unless its
 * `RecursiveLoop` allows that, or too often.
 */
export function passFunction(
  { name, arn, allowsRecursion }: FunctionResource,
  traceHeader: string | undefined,
  recursions: Recursions,
): string {
  const pass = passBy(traceHeader, arn);
  if (pass.earlier > MOST_DESCENTS && allowsRecursion !== true) {
    throw recursive(`${name} comes of itself, ${MOST_DESCENTS} times over by now`);
  }
  if (pass.earlier > 0 && !recursions.take(traceHeader, arn)) {
    throw recursive(`${name} was invoked ${recursions.most} times by what it started itself`);
  }
  return pass.traceHeader;
}

function recursive(what: string): AwsError {
  return new AwsError(
    'RecursiveInvocationException',
    `Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation: ${what}`,
    { Type: 'User' },
  );
}
