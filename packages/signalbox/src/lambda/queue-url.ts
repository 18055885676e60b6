import type { Caller, ServiceCall } from '../core/service.ts';

/**
 * Asks SQS for the URL of a queue.
 * @throws {AwsError} `QueueDoesNotExist`.
 */
export async function findQueueUrl(
  call: ServiceCall,
  queueArn: string,
  caller: Caller,
): Promise<string> {
  const [, , , , QueueOwnerAWSAccountId, QueueName] = queueArn.split(':');
  const answer = await call('sqs', 'GetQueueUrl', { QueueName, QueueOwnerAWSAccountId }, caller);
  return 'QueueUrl' in answer ? String(answer.QueueUrl) : '';
}
