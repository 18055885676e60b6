// Runs a built handler in this process, as Lambda's Node.js runtime does: node run-handler.mjs CODE HANDLER EVENT RESULT
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [code, handler, event, resultFile] = process.argv.slice(2);
const dot = handler.lastIndexOf('.');
const module = await import(pathToFileURL(join(code, `${handler.slice(0, dot)}.mjs`)).href);
const deadline = Date.now() + Number(process.env.AWS_LAMBDA_FUNCTION_TIMEOUT) * 1000;
const context = {
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}`,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  awsRequestId: '11111111-2222-3333-4444-555555555555',
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  getRemainingTimeInMillis: () => deadline - Date.now(),
};
const result = await module[handler.slice(dot + 1)](
  JSON.parse(readFileSync(event, 'utf8')),
  context,
);
// Not to stdout, which is the function's log.
writeFileSync(resultFile, JSON.stringify(result ?? null));
// Lambda freezes what a handler leaves open, such as connections that are kept alive.
process.exit(0);
