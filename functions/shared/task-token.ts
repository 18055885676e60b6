import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

const client = new SFNClient({});

/** The result that ends a wait for a token. */
export type TokenAnswer =
  | { readonly kind: 'success'; readonly output: object }
  | { readonly kind: 'failure'; readonly error: Error };

/** Answers a token; `gone` when the workflow no longer waits for it. */
export async function answerToken(
  taskToken: string,
  answer: TokenAnswer,
): Promise<'delivered' | 'gone'> {
  try {
    await (answer.kind === 'success'
      ? client.send(
          new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer.output) }),
        )
      : client.send(
          new SendTaskFailureCommand({
            taskToken,
            error: answer.error.name,
            cause: answer.error.message,
          }),
        ));
    return 'delivered';
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist) return 'gone';
    throw error;
  }
}
