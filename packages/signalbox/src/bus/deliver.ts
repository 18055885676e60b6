import { AwsError } from '../core/aws-error.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import type { TargetResource } from '../template/app.ts';
import type { Deliver, DeliveryReceipt, SendToDeadLetters } from './deliver-event.ts';

/** The dependencies of delivering: the services, and where a queue is. */
export interface TargetServices {
  readonly call: ServiceCall;
  /** The URL of a queue; undefined where there is no such queue. */
  queueUrl(queueArn: string): string | undefined;
  /** Calls an API destination; its targets are refused where there is nothing that calls it. */
  readonly invokeDestination?: (
    target: TargetResource,
    body: string,
    delivery: string,
  ) => Promise<void>;
}

/** The caller where the target has no role: EventBridge itself. */
const EVENTBRIDGE: Caller = { arn: 'events.amazonaws.com' };

/** Makes what calls a target by the service in its ARN, as the target's role. */
export function createDeliver(services: TargetServices): Deliver {
  return async (target, body, { traceHeader, lineage, event, ruleArn }) => {
    const by = target.roleArn === undefined ? EVENTBRIDGE : { arn: target.roleArn };
    const caller = { ...by, region: target.arn.split(':')[3] };
    switch (serviceOf(target.arn)) {
      case 'states':
        return startExecution(
          services,
          target,
          { input: body, traceHeader: lineage ?? traceHeader },
          caller,
        );
      case 'lambda':
        await services.call('lambda', 'Invoke', invocation(target, body), {
          ...caller,
          ...(lineage !== undefined && { traceHeader: lineage }),
        });
        return {};
      case 'sqs':
        await sendMessage(services, target.arn, messageFor(target, body, traceHeader), caller);
        return {};
      case 'sns':
        await services.call('sns', 'Publish', { TopicArn: target.arn, Message: body }, caller);
        return {};
      case 'events':
        if (services.invokeDestination === undefined) break;
        await services.invokeDestination(target, body, `${ruleArn} ${target.id} ${event.id}`);
        return {};
    }
    throw new AwsError(
      'UnsupportedTarget',
      `The rehearsal delivers to state machines, functions, queues, topics, event buses and API destinations, not to ${target.arn}`,
    );
  };
}

/** Makes what sends a dead letter, as EventBridge itself. */
export function createDeadLetterSender(services: TargetServices): SendToDeadLetters {
  return (queueArn, body, attributes) =>
    sendMessage(
      services,
      queueArn,
      { MessageBody: body, MessageAttributes: attributes },
      { ...EVENTBRIDGE, region: queueArn.split(':')[3] },
    );
}

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}

async function startExecution(
  { call }: TargetServices,
  target: TargetResource,
  { input, traceHeader }: { readonly input: string; readonly traceHeader: string | undefined },
  caller: Caller,
): Promise<DeliveryReceipt> {
  const traced = traceHeader === undefined ? {} : { traceHeader };
  const request = { stateMachineArn: target.arn, input, ...traced };
  const response = await call('states', 'StartExecution', request, caller);
  const executionArn = 'executionArn' in response ? response.executionArn : undefined;
  return typeof executionArn === 'string' ? { executionArn } : {};
}

function messageFor(
  { messageGroupId }: TargetResource,
  MessageBody: string,
  traceHeader: string | undefined,
): object {
  const group = messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId };
  if (traceHeader === undefined) return { MessageBody, ...group };
  const AWSTraceHeader = { DataType: 'String', StringValue: traceHeader };
  return { MessageBody, ...group, MessageSystemAttributes: { AWSTraceHeader } };
}

function invocation(target: TargetResource, body: string): object {
  const Payload = new TextEncoder().encode(body);
  return { FunctionName: target.arn, InvocationType: 'Event', Payload };
}

async function sendMessage(
  { call, queueUrl }: TargetServices,
  queueArn: string,
  message: object,
  caller: Caller,
): Promise<void> {
  const QueueUrl = queueUrl(queueArn);
  if (QueueUrl === undefined) {
    throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${queueArn}`);
  }
  await call('sqs', 'SendMessage', { QueueUrl, ...message }, caller);
}
