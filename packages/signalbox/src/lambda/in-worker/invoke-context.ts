import type { WorkerInvocation } from '../worker-messages.ts';
import { realNow } from './rehearsal-date.ts';

/** The context object that a handler gets. */
export interface InvokeContext {
  readonly clientContext: unknown;
  readonly identity: undefined;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  readonly xRayTraceId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/**
 * Makes the context object of an invocation (Lambda Developer Guide, "Using the Lambda context
 * object to retrieve Node.js function information").
 */
export function toInvokeContext(
  invocation: WorkerInvocation,
  environment: Readonly<Record<string, string | undefined>>,
): InvokeContext {
  const { clientContext, deadlineMs } = invocation;
  const context: unknown = clientContext === undefined ? undefined : JSON.parse(clientContext);
  return {
    clientContext: context,
    identity: undefined,
    invokedFunctionArn: invocation.invokedFunctionArn,
    awsRequestId: invocation.requestId,
    xRayTraceId: invocation.traceId,
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    getRemainingTimeInMillis: () => deadlineMs - realNow(),
  };
}
