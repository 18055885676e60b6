// A custom runtime over the Lambda Runtime API: it reports the names of errors, as Lambda's own runtime does.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { _HANDLER, LAMBDA_TASK_ROOT, AWS_LAMBDA_RUNTIME_API, AWS_LAMBDA_FUNCTION_NAME } =
  process.env;
const runtime = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
const dot = _HANDLER.lastIndexOf('.');
const file = join(LAMBDA_TASK_ROOT, `${_HANDLER.slice(0, dot)}.mjs`);
const handler = (await import(pathToFileURL(file).href))[_HANDLER.slice(dot + 1)];

for (;;) {
  const next = await fetch(`${runtime}/next`);
  const requestId = next.headers.get('lambda-runtime-aws-request-id');
  const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'));
  const context = {
    awsRequestId: requestId,
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: next.headers.get('lambda-runtime-invoked-function-arn'),
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const result = await handler(await next.json(), context);
    await send(`${requestId}/response`, result ?? null);
  } catch (error) {
    const { name, message, stack = '' } = error;
    await send(`${requestId}/error`, {
      errorType: name,
      errorMessage: message,
      stackTrace: stack.split('\n'),
    });
  }
}

async function send(path, body) {
  await fetch(`${runtime}/${path}`, { method: 'POST', body: JSON.stringify(body) });
}
