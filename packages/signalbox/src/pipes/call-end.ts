import { AwsError } from '../core/aws-error.ts';
import { type Json, parseJson } from '../core/json.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import type { PipeEnd, PipeResource } from '../template/pipe-resource.ts';

/** The call path of a pipe, and where a queue is. */
export interface EndOptions {
  readonly call: ServiceCall;
  readonly queueUrl: (queueArn: string) => string | undefined;
}

/** Calls a pipe's enrichment with a batch, and returns what it makes of it. @throws {AwsError} */
export async function enrich(
  { roleArn }: PipeResource,
  { arn }: PipeEnd,
  batch: Json,
  { call }: EndOptions,
): Promise<Json> {
  const caller: Caller = { arn: roleArn };
  if (serviceOf(arn) === 'lambda') return invoke(arn, batch, call, caller);
  if (serviceOf(arn) === 'states') return runExpress(arn, batch, call, caller);
  throw unsupported(arn, 'enriches by functions and express machines');
}

/** Hands a batch over to a pipe's target. @throws {AwsError} */
export async function deliver(
  { target, roleArn }: PipeResource,
  batch: readonly Json[],
  { call, queueUrl }: EndOptions,
): Promise<void> {
  const { arn, invocationType } = target;
  const caller: Caller = { arn: roleArn };
  const isAwaited = invocationType === 'REQUEST_RESPONSE';
  switch (serviceOf(arn)) {
    case 'states':
      return startMachine(arn, [...batch], isAwaited, call, caller);
    case 'lambda':
      if (isAwaited) await invoke(arn, [...batch], call, caller);
      else await call('lambda', 'Invoke', invocation(arn, [...batch], 'Event'), caller);
      return;
    case 'events': {
      const { source: Source, detailType: DetailType } = target;
      const Entries = batch.map((event) => ({
        Source,
        DetailType,
        Detail: JSON.stringify(event),
        EventBusName: arn,
      }));
      await call('events', 'PutEvents', { Entries }, caller);
      return;
    }
    case 'sqs':
      for (const event of batch) {
        const { messageGroupId: MessageGroupId } = target;
        const input = { QueueUrl: queueUrl(arn), MessageBody: textOf(event), MessageGroupId };
        await call('sqs', 'SendMessage', input, caller);
      }
      return;
    case 'sns':
      for (const event of batch) {
        await call('sns', 'Publish', { TopicArn: arn, Message: textOf(event) }, caller);
      }
      return;
    default:
      throw unsupported(arn, 'delivers to machines, functions, buses, queues and topics');
  }
}

/** AWS: a standard machine is started, and cannot be waited for. */
async function startMachine(
  arn: string,
  batch: Json,
  isAwaited: boolean,
  call: ServiceCall,
  caller: Caller,
): Promise<void> {
  const described = await call('states', 'DescribeStateMachine', { stateMachineArn: arn }, caller);
  const isExpress = 'type' in described && described.type === 'EXPRESS';
  if (isAwaited && isExpress) await runExpress(arn, batch, call, caller);
  else {
    const input = { stateMachineArn: arn, input: JSON.stringify(batch) };
    await call('states', 'StartExecution', input, caller);
  }
}

async function runExpress(arn: string, batch: Json, call: ServiceCall, caller: Caller) {
  const input = { stateMachineArn: arn, input: JSON.stringify(batch) };
  const ended: { readonly status?: string; readonly output?: string; readonly cause?: string } =
    await call('states', 'StartSyncExecution', input, caller);
  if (ended.status === 'SUCCEEDED') return parseJson(ended.output ?? 'null') ?? null;
  throw new AwsError('ExecutionFailed', `${arn} ended as ${ended.status}: ${ended.cause ?? ''}`);
}

async function invoke(arn: string, batch: Json, call: ServiceCall, caller: Caller): Promise<Json> {
  const response: { readonly FunctionError?: string; readonly Payload?: Uint8Array } = await call(
    'lambda',
    'Invoke',
    invocation(arn, batch, 'RequestResponse'),
    caller,
  );
  const payload = Buffer.from(response.Payload ?? []).toString();
  if (response.FunctionError === undefined) return parseJson(payload) ?? null;
  throw new AwsError(response.FunctionError, `${arn}: ${payload}`);
}

function invocation(FunctionName: string, batch: Json, InvocationType: string): object {
  return { FunctionName, InvocationType, Payload: Buffer.from(JSON.stringify(batch)) };
}

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}

function textOf(event: Json): string {
  return typeof event === 'string' ? event : JSON.stringify(event);
}

function unsupported(arn: string, what: string): AwsError {
  return new AwsError('UnsupportedTarget', `A pipe of the rehearsal ${what}, not ${arn}`);
}
