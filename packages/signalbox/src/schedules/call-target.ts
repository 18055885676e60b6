import { AwsError } from '../core/aws-error.ts';
import { isJsonObject, parseJson } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import type { ScheduleTargetResource } from '../template/app.ts';

/** The dependencies of calling a target: the services, and where a queue is. */
export interface TargetServices {
  readonly call: ServiceCall;
  /** The URL of a queue; undefined where there is no such queue. */
  queueUrl(queueArn: string): string | undefined;
}

/** Signing names of services that a universal target calls by another name. */
const SIGNING_NAMES: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  cloudwatchlogs: 'logs',
  eventbridge: 'events',
  sfn: 'states',
};

const UNIVERSAL_TARGET = /^arn:[\w-]+:scheduler:::aws-sdk:(\w+):(\w+)$/;

/**
 * Calls a schedule's target once, as the schedule's role: one of the templated targets by the service
 * in its ARN, or the action that a universal target names.
 * @throws {AwsError} When the target refuses, or is of a service that is not rehearsed.
 */
export async function callTarget(
  services: TargetServices,
  target: ScheduleTargetResource,
  input: string,
): Promise<void> {
  const { call } = services;
  const { arn, event } = target;
  const caller = { arn: target.roleArn, region: arn.split(':')[3] || undefined };
  const universal = UNIVERSAL_TARGET.exec(arn);
  if (universal !== null) return callAction(call, universal, input, caller);
  switch (arn.split(':')[2]) {
    case 'states':
      await call('states', 'StartExecution', { stateMachineArn: arn, input }, caller);
      return;
    case 'lambda': {
      const Payload = new TextEncoder().encode(input);
      await call(
        'lambda',
        'Invoke',
        { FunctionName: arn, InvocationType: 'Event', Payload },
        caller,
      );
      return;
    }
    case 'sqs':
      return sendMessage(services, arn, message(target, input), caller);
    case 'sns':
      await call('sns', 'Publish', { TopicArn: arn, Message: input }, caller);
      return;
    case 'events': {
      const Entry = { EventBusName: arn, Source: event?.source, DetailType: event?.detailType };
      const response = await call(
        'events',
        'PutEvents',
        { Entries: [{ ...Entry, Detail: input }] },
        caller,
      );
      return requireNoFailure(response);
    }
    default:
      throw new AwsError(
        'UnsupportedTarget',
        `The rehearsal's schedules call state machines, functions, queues, topics, event buses and actions of rehearsed services, not ${arn}`,
      );
  }
}

/**
 * Sends a message to a queue.
 * @throws {AwsError} When the queue refuses, or is not there.
 */
export async function sendMessage(
  { call, queueUrl }: TargetServices,
  queueArn: string,
  content: object,
  caller: Caller,
): Promise<void> {
  const QueueUrl = queueUrl(queueArn);
  if (QueueUrl === undefined) {
    throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${queueArn}`);
  }
  await call('sqs', 'SendMessage', { QueueUrl, ...content }, caller);
}

function message({ messageGroupId }: ScheduleTargetResource, MessageBody: string): object {
  return messageGroupId === undefined
    ? { MessageBody }
    : { MessageBody, MessageGroupId: messageGroupId };
}

async function callAction(
  call: ServiceCall,
  [, service = '', action = '']: RegExpExecArray,
  input: string,
  caller: Caller,
): Promise<void> {
  const name = action.charAt(0).toUpperCase() + action.slice(1);
  await call(ownMember(SIGNING_NAMES, service) ?? service, name, objectOf(input), caller);
}

function objectOf(text: string): object {
  const value = parseJson(text);
  if (isJsonObject(value)) return value;
  throw new AwsError(
    'ValidationException',
    'The Input of a universal target must be a JSON object',
  );
}

/** PutEvents returns a refused entry, and throws nothing. */
function requireNoFailure(response: object): void {
  const entries: readonly unknown[] =
    'Entries' in response && Array.isArray(response.Entries) ? response.Entries : [];
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null || !('ErrorCode' in entry)) continue;
    const text = 'ErrorMessage' in entry ? String(entry.ErrorMessage) : '';
    throw new AwsError(String(entry.ErrorCode), text);
  }
}
