import type {
  CreateQueueRequest,
  CreateQueueResult,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
  ListQueuesRequest,
  ListQueuesResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';
import { Deduplications, type KeptDeduplication } from '../deduplication.ts';
import { createSequence } from '../sequence-number.ts';
import { checkQueueName, isFifo } from './fifo-attributes.ts';
import { Queue } from './queue.ts';
import { checkAttributes, parseRedrivePolicy, withDefaults } from './queue-attributes.ts';
import type { KeptMessage, QueueProperties } from './queue-options.ts';
import { checkRange, invalidValue, missingParameter, queueDoesNotExist } from './sqs-errors.ts';

/** The account, Region and clock of the rehearsal's queues. */
export interface SqsOptions {
  readonly clock: Clock;
  /** Base of queue URLs, such as `http://127.0.0.1:4566`. */
  readonly endpointUrl: string;
  readonly region: string;
  readonly accountId: string;
  /** Keeps queues and messages; in memory unless given. */
  readonly maps?: KeptMaps;
}

/** All queues of the account, by name. */
export class QueueStore {
  readonly #queues = new Map<string, Queue>();
  readonly #options: SqsOptions;
  readonly #kept: Map<string, QueueProperties>;
  readonly #keptMessages: Map<string, KeptMessage>;
  readonly #keptDeduplications: Map<string, KeptDeduplication>;
  readonly #onChange: (queue: Queue) => void;
  readonly #nextSequence: () => string;

  /** `onChange` is notified of each queue whose messages come, go or are hidden. */
  constructor(options: SqsOptions, onChange: (queue: Queue) => void) {
    this.#options = options;
    this.#onChange = onChange;
    this.#nextSequence = createSequence(options.clock);
    const { maps = unkeptMaps } = options;
    this.#kept = maps.map('sqs/queues');
    this.#keptMessages = maps.map('sqs/messages');
    this.#keptDeduplications = maps.map('sqs/deduplications');
    for (const [name, kept] of this.#kept) this.#queues.set(name, this.#make(name, kept));
    for (const [key, message] of this.#keptMessages) {
      this.#queues.get(key.slice(0, key.indexOf('/')))?.restore(message);
    }
  }

  /**
   * Creates a queue (SQS API Reference, CreateQueue); the same name and attributes again return the same queue.
   * @throws {AwsError} When the name or an attribute is refused.
   */
  create({ QueueName, Attributes, tags }: CreateQueueRequest): CreateQueueResult {
    if (QueueName === undefined) throw missingParameter('QueueName');
    const attributes: Record<string, string> = Attributes ?? {};
    checkQueueName(QueueName, attributes);
    checkAttributes(attributes);
    this.#checkDeadLetters(attributes);
    const existing = this.#queues.get(QueueName);
    if (existing === undefined) return { QueueUrl: this.add(QueueName, attributes, tags).url };
    const differing = Object.entries(attributes).find(
      ([name, value]) => existing.attributes[name] !== value,
    );
    if (differing === undefined) return { QueueUrl: existing.url };
    throw new AwsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${differing[0]}`,
    );
  }

  /** Adds a queue whose attributes are checked, or changes the one of that name, which keeps its messages. */
  add(
    name: string,
    attributes: Readonly<Record<string, string>>,
    tags: Readonly<Record<string, string>> = {},
  ): Queue {
    const existing = this.#queues.get(name);
    if (existing !== undefined) {
      this.changeAttributes(existing, withDefaults(attributes));
      return existing;
    }
    const nowMs = this.#options.clock.now().getTime();
    const times = { createdAtMs: nowMs, lastModifiedAtMs: nowMs, purgedAtMs: undefined };
    const kept = { attributes: withDefaults(attributes), tags, ...times };
    this.#kept.set(name, kept);
    const queue = this.#make(name, kept);
    this.#queues.set(name, queue);
    return queue;
  }

  /** Sets all attributes of a queue anew; later receives follow them. */
  changeAttributes(queue: Queue, attributes: Readonly<Record<string, string>>): void {
    const lastModifiedAtMs = this.#options.clock.now().getTime();
    this.#keep(queue, { attributes, lastModifiedAtMs });
  }

  /** Sets all tags of a queue anew. */
  changeTags(queue: Queue, tags: Readonly<Record<string, string>>): void {
    this.#keep(queue, { tags });
  }

  /** The queues whose dead letters go to the queue of an ARN. */
  deadLetterSourcesOf(arn: string): readonly Queue[] {
    return [...this.#queues.values()].filter(
      (queue) => queue.redrivePolicy()?.deadLetterTargetArn === arn,
    );
  }

  /** Removes every message of a queue. */
  purge(queue: Queue): void {
    queue.removeAll();
    this.#keep(queue, { purgedAtMs: this.#options.clock.now().getTime() });
  }

  #keep(queue: Queue, changes: Partial<QueueProperties>): void {
    const { attributes, tags, createdAtMs, lastModifiedAtMs, purgedAtMs } = queue;
    const kept = { attributes, tags, createdAtMs, lastModifiedAtMs, purgedAtMs, ...changes };
    this.#kept.set(queue.name, kept);
    Object.assign(queue, kept);
  }

  #make(name: string, kept: QueueProperties): Queue {
    const { endpointUrl, region, accountId, clock } = this.#options;
    return new Queue(
      {
        name,
        arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
        url: `${endpointUrl}/${accountId}/${name}`,
        clock,
        queueByArn: (arn) => this.byArn(arn),
        onChange: this.#onChange,
        kept: {
          set: (message) => void this.#keptMessages.set(`${name}/${message.id}`, message),
          delete: (id) => void this.#keptMessages.delete(`${name}/${id}`),
        },
        fifo: isFifo(kept.attributes)
          ? {
              deduplications: new Deduplications(this.#keptDeduplications, name),
              nextSequence: this.#nextSequence,
            }
          : undefined,
      },
      kept,
    );
  }

  /** The queue that a URL names; its host does not matter. @throws {AwsError} `QueueDoesNotExist`. */
  byUrl(url: string | undefined): Queue {
    if (url === undefined) throw missingParameter('QueueUrl');
    const account = /\/(\d{12})\/[^/]*$/.exec(url)?.[1];
    if (account !== undefined && account !== this.#options.accountId) throw queueDoesNotExist();
    return this.byName(url.slice(url.lastIndexOf('/') + 1));
  }

  /** @throws {AwsError} `QueueDoesNotExist`. */
  byName(name: string | undefined): Queue {
    if (name === undefined) throw missingParameter('QueueName');
    const queue = this.#queues.get(name);
    if (queue === undefined) throw queueDoesNotExist();
    return queue;
  }

  /** The queue of an ARN, if there is one. */
  byArn(arn: string): Queue | undefined {
    const queue = this.#queues.get(arn.slice(arn.lastIndexOf(':') + 1));
    return queue?.arn === arn ? queue : undefined;
  }

  /** @throws {AwsError} `QueueDoesNotExist`, also for the queue of another account. */
  getUrl({ QueueName, QueueOwnerAWSAccountId: owner }: GetQueueUrlRequest): GetQueueUrlResult {
    if (owner !== undefined && owner !== this.#options.accountId) throw queueDoesNotExist();
    return { QueueUrl: this.byName(QueueName).url };
  }

  delete(queue: Queue): object {
    queue.close();
    this.#kept.delete(queue.name);
    this.#queues.delete(queue.name);
    return {};
  }

  /** Lists the URLs of the queues whose dead letters a queue takes, by name. */
  listSources({
    QueueUrl,
    ...page
  }: ListDeadLetterSourceQueuesRequest): ListDeadLetterSourceQueuesResult {
    const { arn } = this.byUrl(QueueUrl);
    const { urls, NextToken } = this.#page(this.deadLetterSourcesOf(arn), page);
    return { queueUrls: urls, ...(NextToken !== undefined && { NextToken }) };
  }

  /** Lists queue URLs by name, in pages where MaxResults asks for pages. */
  list({ QueueNamePrefix = '', ...page }: ListQueuesRequest): ListQueuesResult {
    const named = [...this.#queues.values()].filter(({ name }) => name.startsWith(QueueNamePrefix));
    const { urls, NextToken } = this.#page(named, page);
    return {
      ...(urls.length > 0 && { QueueUrls: urls }),
      ...(NextToken !== undefined && { NextToken }),
    };
  }

  #page(
    queues: readonly Queue[],
    { MaxResults, NextToken }: Pick<ListQueuesRequest, 'MaxResults' | 'NextToken'>,
  ): { readonly urls: string[]; readonly NextToken: string | undefined } {
    checkRange('MaxResults', MaxResults, { min: 1, max: 1000 }, 'Must be between 1 and 1000.');
    const names = queues
      .map(({ name }) => name)
      .filter((name) => NextToken === undefined || name > fromToken(NextToken))
      .sort();
    const page = names.slice(0, MaxResults ?? 1000);
    const last = page.at(-1);
    const more = MaxResults !== undefined && names.length > page.length && last !== undefined;
    return {
      urls: page.map((name) => this.byName(name).url),
      NextToken: more ? Buffer.from(last).toString('base64') : undefined,
    };
  }

  #checkDeadLetters(attributes: Readonly<Record<string, string>>): void {
    const { RedrivePolicy: policy } = attributes;
    const redrive = parseRedrivePolicy(policy ?? '');
    if (redrive === undefined) return;
    const deadLetters = this.byArn(redrive.deadLetterTargetArn);
    if (deadLetters === undefined) {
      throw invalidValue('RedrivePolicy', policy, 'Dead letter target does not exist.');
    }
    if (isFifo(deadLetters.attributes) !== isFifo(attributes)) {
      const reason = 'Dead-letter queue must be same type of queue as the source.';
      throw invalidValue('RedrivePolicy', policy, reason);
    }
  }
}

function fromToken(token: string): string {
  return Buffer.from(token, 'base64').toString();
}
