import type { ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { object, parse, string, unknown } from 'valibot';
import type { FailoverStage } from './failover-stage.ts';

/** What Lambda keeps of an asynchronous invocation that it gave up. */
const LetterSchema = object({
  requestContext: object({ functionArn: string() }),
  requestPayload: unknown(),
});

/**
 * Does what the runbook asks of an operator whose FailoverNotClosedAlarm rings: invokes the function once
 * more with each event that lies in OperationsDeadLetters.
 */
export async function workOffLetters({ stage, runtime }: FailoverStage): Promise<void> {
  const QueueUrl = stage.physicalId('OperationsDeadLetters');
  for (;;) {
    const { Messages = [] }: ReceiveMessageResult = await stage.call('sqs', 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
    });
    if (Messages.length === 0) break;
    for (const { Body = '', ReceiptHandle } of Messages) {
      const { requestContext, requestPayload } = parse(LetterSchema, JSON.parse(Body));
      const FunctionName = requestContext.functionArn.replace(/:\$LATEST$/, '');
      const Payload = new TextEncoder().encode(JSON.stringify(requestPayload));
      await stage.call('lambda', 'Invoke', { FunctionName, Payload });
      await stage.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
  }
  await runtime.settled();
}
