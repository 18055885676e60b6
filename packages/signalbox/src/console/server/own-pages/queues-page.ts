import type {
  GetQueueAttributesResult,
  ListQueuesResult,
  ReceiveMessageResult,
} from '@aws-sdk/client-sqs';
import { isJsonObject, parseJson } from '../../../core/json.ts';
import type { ConsoleCall } from '../console-options.ts';
import type { ConsolePage, PageAction } from '../console-page.ts';
import type { PageButton, PageContent, PageRow } from '../page-content.ts';
import { pagesOf } from './pages-of.ts';

type Attributes = Readonly<Record<string, string>>;

interface Queue {
  readonly url: string;
  readonly name: string;
  readonly attributes: Attributes;
}

/** Queues with what waits in them; dead letters are seen, and sent back to where they came from. */
export function queuesPage(call: ConsoleCall): ConsolePage {
  return {
    title: 'Queues',
    path: 'queues',
    read: ({ name, query }) =>
      name === '' ? readQueues(call) : readQueue(call, name, query['messages'] === SHOWN),
    actions: { redrive: redrive(call) },
  };
}

async function allQueues(call: ConsoleCall): Promise<readonly Queue[]> {
  const pages = await pagesOf<ListQueuesResult>(call, {
    ...{ service: 'sqs', action: 'ListQueues', input: { MaxResults: 1000 } },
    token: ['NextToken', 'NextToken'],
  });
  const urls = pages.flatMap(({ QueueUrls = [] }) => QueueUrls);
  return Promise.all(urls.map((url) => describe(call, url)));
}

async function describe(call: ConsoleCall, url: string): Promise<Queue> {
  const input = { QueueUrl: url, AttributeNames: ['All'] };
  const found: Partial<GetQueueAttributesResult> = await call('sqs', 'GetQueueAttributes', input);
  return { url, name: url.split('/').at(-1) ?? url, attributes: { ...found.Attributes } };
}

async function readQueues(call: ConsoleCall): Promise<PageContent> {
  const queues = await allQueues(call);
  const letters = new Set(queues.flatMap(({ attributes }) => deadLetterArn(attributes) ?? []));
  const isLetters = ({ attributes }: Queue) => letters.has(attributes['QueueArn'] ?? '');
  return {
    sections: [
      {
        kind: 'table',
        title: 'Queues',
        columns: ['Name', 'Kind', 'Visible', 'In flight', 'Delayed', 'Dead letters go to'],
        rows: queues.map((queue) => rowOf(queue, isLetters(queue))),
        empty: 'No queues',
      },
    ],
  };
}

function rowOf(queue: Queue, isLetters: boolean): PageRow {
  const { name, attributes } = queue;
  const visible = attributes['ApproximateNumberOfMessages'] ?? '0';
  const hasLetters = isLetters && visible !== '0';
  return {
    cells: [
      { text: name, path: `/queues/${name}` },
      isLetters
        ? { text: 'Dead letters', isWord: true }
        : attributes['FifoQueue'] === 'true'
          ? 'FIFO'
          : { text: 'Standard', isWord: true },
      hasLetters ? { text: visible, state: 'error' } : visible,
      attributes['ApproximateNumberOfMessagesNotVisible'] ?? '',
      attributes['ApproximateNumberOfMessagesDelayed'] ?? '',
      (deadLetterArn(attributes) ?? '').split(':').at(-1) ?? '',
    ],
    buttons: hasLetters ? [redriveButton(queue)] : [],
  };
}

function deadLetterArn({ RedrivePolicy = '' }: Attributes): string | undefined {
  const policy = parseJson(RedrivePolicy);
  const arn = isJsonObject(policy) ? policy['deadLetterTargetArn'] : undefined;
  return typeof arn === 'string' ? arn : undefined;
}

function redriveButton({ name, attributes }: Queue): PageButton {
  const arn = attributes['QueueArn'] ?? '';
  return {
    action: 'redrive',
    label: 'Redrive',
    question: {
      text: 'The messages of {name} go back to the queues that they came from.',
      values: { name },
    },
    values: { arn },
    commands: [`aws sqs start-message-move-task --source-arn ${arn}`],
  };
}

function redrive(call: ConsoleCall): PageAction {
  return async ({ values: { arn = '' } }) => {
    await call('sqs', 'StartMessageMoveTask', { SourceArn: arn });
    return { isDone: true, text: 'The messages go back to where they came from' };
  };
}

const HIDDEN = 'Not received';
const SHOWN = 'Received';

async function readQueue(call: ConsoleCall, name: string, isWished: boolean): Promise<PageContent> {
  const queues = await allQueues(call);
  const queue = queues.find((one) => one.name === name);
  if (queue === undefined) throw new Error(`There is no queue ${name}`);
  const arn = queue.attributes['QueueArn'];
  const isLetters = queues.some(({ attributes }) => deadLetterArn(attributes) === arn);
  // A receive counts: a message of a queue with a redrive policy may become a dead letter by it.
  const mayReceive = isWished || (isLetters && deadLetterArn(queue.attributes) === undefined);
  return {
    title: name,
    buttons: isLetters ? [redriveButton(queue)] : [],
    choices: isLetters ? [] : [{ name: 'messages', label: 'Messages', options: [HIDDEN, SHOWN] }],
    sections: [
      ...(mayReceive
        ? [await messages(call, queue)]
        : [
            {
              kind: 'note' as const,
              level: 'info' as const,
              text: 'To see a message is to receive it, which counts, and may make it a dead letter.',
            },
          ]),
      { kind: 'json', title: 'Attributes', text: JSON.stringify(queue.attributes) },
    ],
  };
}

async function messages(call: ConsoleCall, { url }: Queue) {
  const found: Partial<ReceiveMessageResult> = await call('sqs', 'ReceiveMessage', {
    ...{ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 },
    // Seen, and there for the next at once.
    VisibilityTimeout: 0,
    ...{ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] },
  });
  return {
    kind: 'table' as const,
    title: 'Messages',
    columns: ['Id', 'Received', 'Body', 'Attributes'],
    rows: (found.Messages ?? []).map(({ MessageId = '', Body = '', ...rest }) => ({
      cells: [
        MessageId,
        rest.Attributes?.ApproximateReceiveCount ?? '',
        Body.slice(0, 4_000),
        JSON.stringify(rest.MessageAttributes ?? {}).slice(0, 1_000),
      ],
    })),
    empty: 'Nothing waits in it',
  };
}
