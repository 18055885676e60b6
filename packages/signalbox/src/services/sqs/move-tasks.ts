import { randomUUID } from 'node:crypto';
import type {
  CancelMessageMoveTaskRequest,
  CancelMessageMoveTaskResult,
  ListMessageMoveTasksRequest,
  ListMessageMoveTasksResult,
  StartMessageMoveTaskRequest,
  StartMessageMoveTaskResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, parseJson } from '../../core/json.ts';
import { isFifo } from './fifo-attributes.ts';
import type { MoveTask, MoveTaskStore } from './move-task.ts';
import type { Queue } from './queue.ts';
import type { QueueStore } from './queue-store.ts';
import { checkRange, missingParameter } from './sqs-errors.ts';

/** The messages that AWS moves in a second where nobody says how many: at most 500. */
const MOST_PER_SECOND = 500;

/** Moves of messages out of dead-letter queues (SQS API Reference, StartMessageMoveTask). */
export class MoveTasks {
  readonly #queues: QueueStore;
  readonly #tasks: MoveTaskStore;
  readonly #clock: Clock;

  /** Goes on with the tasks that an earlier process has left. */
  constructor(queues: QueueStore, tasks: MoveTaskStore, clock: Clock) {
    this.#queues = queues;
    this.#tasks = tasks;
    this.#clock = clock;
    for (const task of tasks.values()) if (task.status === 'RUNNING') this.#goOn(task.handle);
  }

  /** @throws {AwsError} `ResourceNotFoundException`, `InvalidParameterValue`. */
  start(request: StartMessageMoveTaskRequest): StartMessageMoveTaskResult {
    const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate } = request;
    const range = { min: 1, max: MOST_PER_SECOND };
    const reason = 'Must be between 1 and 500, if provided.';
    checkRange('MaxNumberOfMessagesPerSecond', rate, range, reason);
    const source = this.#source(SourceArn);
    this.#checkDestination(source, DestinationArn);
    if (this.#ofSource(source.arn).some(({ status }) => status === 'RUNNING')) {
      throw invalid(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const taskId = randomUUID();
    const task: MoveTask = {
      handle: Buffer.from(JSON.stringify({ taskId, sourceArn: source.arn })).toString('base64'),
      status: 'RUNNING',
      sourceArn: source.arn,
      destinationArn: DestinationArn,
      perSecond: rate,
      moved: 0,
      toMove: source.countOf('visible'),
      failure: undefined,
      startedAtMs: this.#clock.now().getTime(),
    };
    this.#tasks.set(task.handle, task);
    this.#goOn(task.handle);
    return { TaskHandle: task.handle };
  }

  /** @throws {AwsError} `ResourceNotFoundException` for a task that is not there or has ended. */
  cancel({ TaskHandle }: CancelMessageMoveTaskRequest): CancelMessageMoveTaskResult {
    if (TaskHandle === undefined) throw missingParameter('TaskHandle');
    const given = parseJson(Buffer.from(TaskHandle, 'base64').toString());
    if (!isJsonObject(given) || typeof given['taskId'] !== 'string') {
      throw invalid(`Value for parameter TaskHandle is invalid.`);
    }
    const task = this.#tasks.get(TaskHandle);
    if (task === undefined) throw notFound('Task does not exist.');
    if (task.status !== 'RUNNING') throw notFound('Only active tasks can be cancelled.');
    this.#tasks.set(TaskHandle, { ...task, status: 'CANCELLED' });
    return { ApproximateNumberOfMessagesMoved: task.moved };
  }

  /** The latest tasks of a queue, one unless more are asked for. */
  list({ SourceArn, MaxResults }: ListMessageMoveTasksRequest): ListMessageMoveTasksResult {
    checkRange('MaxResults', MaxResults, { min: 1, max: 10 }, 'Must be between 1 and 10.');
    const { arn } = this.#source(SourceArn);
    const latest = [...this.#ofSource(arn)].reverse().slice(0, MaxResults ?? 1);
    return {
      Results: latest.map((task) => ({
        ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
        Status: task.status,
        SourceArn: task.sourceArn,
        ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
        ...(task.perSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.perSecond }),
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.toMove,
        ...(task.failure !== undefined && { FailureReason: task.failure }),
        StartedTimestamp: task.startedAtMs,
      })),
    };
  }

  /** Moves a second's messages at once, and the rest a second later. */
  #goOn(handle: string): void {
    this.#clock.at(this.#clock.now().getTime(), () => {
      const task = this.#tasks.get(handle);
      if (task?.status !== 'RUNNING') return;
      const after = this.#moveSome(task);
      this.#tasks.set(handle, after);
      if (after.status !== 'RUNNING') return;
      this.#clock.at(this.#clock.now().getTime() + 1000, () => this.#goOn(handle));
    });
  }

  #moveSome(task: MoveTask): MoveTask {
    const source = this.#queues.byArn(task.sourceArn);
    let { moved } = task;
    for (let left = task.perSecond ?? MOST_PER_SECOND; left > 0; left -= 1) {
      const result = source?.handOver(({ deadLetterSourceArn }) => {
        return this.#queues.byArn(task.destinationArn ?? deadLetterSourceArn ?? '');
      });
      if (result === 'moved') moved += 1;
      else if (result === 'no-target') {
        return { ...task, moved, status: 'FAILED', failure: 'CouldNotDetermineMessageSource' };
      } else return { ...task, moved, status: 'COMPLETED' };
    }
    return { ...task, moved };
  }

  #ofSource(arn: string): readonly MoveTask[] {
    return [...this.#tasks.values()].filter(({ sourceArn }) => sourceArn === arn);
  }

  #source(arn: string | undefined): Queue {
    if (arn === undefined) throw missingParameter('SourceArn');
    const source = this.#named('SourceArn', arn);
    if (this.#queues.deadLetterSourcesOf(arn).length > 0) return source;
    throw invalid('Source queue must be configured as a Dead Letter Queue.');
  }

  #checkDestination(source: Queue, arn: string | undefined): void {
    if (arn === undefined) return;
    if (arn === source.arn) {
      throw invalid('Source queue arn and destination queue arn cannot be the same.');
    }
    const { attributes } = this.#named('DestinationArn', arn);
    if (isFifo(attributes) === isFifo(source.attributes)) return;
    throw invalid('The source queue and destination queue must be of the same queue type.');
  }

  #named(parameter: string, arn: string): Queue {
    if (!/^arn:[^:]+:sqs:[^:]+:[^:]+:[^:]+$/.test(arn)) {
      throw invalid(
        `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
      );
    }
    const queue = this.#queues.byArn(arn);
    if (queue !== undefined) return queue;
    throw notFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
