import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import type { Rehearsal } from '../../src/create-rehearsal.ts';
import type { RecordedCase } from '../states/recorded-case.ts';
import { detailsOf } from '../states/recorded-results.ts';
import type { CallLive } from './live-api.ts';

/** Who answers the tokens of a case: what it needs, and what ends its work. */
export interface Answering {
  readonly client: Rehearsal['client'];
  readonly queueUrl: string;
  readonly call: CallLive;
  readonly signal: AbortSignal;
}

/** Receives the messages that hand tokens out, and answers each as the recording says that somebody did. */
export async function answerTokens(recorded: RecordedCase, answering: Answering): Promise<void> {
  const { client, queueUrl: QueueUrl, call, signal } = answering;
  const sqs = new SQSClient(client);
  const answers = answersOf(recorded);
  while (answers.length > 0 && !signal.aborted) {
    const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 });
    const { Messages = [] } = await sqs.send(receive);
    for (const { Body = '', ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      const message = messageOf(Body);
      const taskToken = message['TaskToken'];
      const answer = taskToken === undefined ? undefined : answers.shift();
      if (answer !== undefined) await answer(call, String(taskToken), message);
    }
  }
}

type Answer = (call: CallLive, taskToken: string, message: JsonObject) => Promise<unknown>;

/** The answers that a recording shows, in their order. */
function answersOf({ expectedHistory = [] }: RecordedCase): Answer[] {
  const submitted = expectedHistory.findIndex(({ type }) => type === 'TaskSubmitted');
  if (submitted === -1) return [];
  return expectedHistory.slice(submitted).flatMap((event): readonly Answer[] => {
    const details = detailsOf(event);
    if (event['type'] === 'TaskSucceeded') return [success(details['output'])];
    return event['type'] === 'TaskFailed' ? [failure(details)] : [];
  });
}

/** What was recorded is a text, an object, or the message itself, whose token the recorder hid. */
function success(output: Json = null): Answer {
  return (call, taskToken, message) => {
    const text = typeof output === 'string' ? output : JSON.stringify(output);
    const isMessage = text.includes('<task_token');
    return call('send_task_success', {
      taskToken,
      output: isMessage ? JSON.stringify(message) : text,
    });
  };
}

function failure({ error, cause }: JsonObject): Answer {
  const optional = (name: string, value: Json | undefined): object =>
    value === undefined ? {} : { [name]: value };
  return (call, taskToken) =>
    call('send_task_failure', {
      taskToken,
      ...optional('error', error),
      ...optional('cause', cause),
    });
}

/** The message of a queue, or of a topic that it came through. */
function messageOf(body: string): JsonObject {
  const parsed: Json = JSON.parse(body);
  if (!isJsonObject(parsed)) return {};
  return typeof parsed['TopicArn'] === 'string' ? messageOf(String(parsed['Message'])) : parsed;
}
