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
  const response = await call('sqs', 'GetQueueUrl', { QueueName, QueueOwnerAWSAccountId }, caller);
  return 'QueueUrl' in response ? String(response.QueueUrl) : '';
}
