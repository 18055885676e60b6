import type { KeptMaps } from '../core/kept-maps.ts';
import type { ActivityProgress } from '../states-language/ports.ts';
import type { TaskResult } from '../states-language/task-result.ts';
import { checkArn } from './arns.ts';
import { activityDoesNotExist } from './refusals.ts';

/** An activity, to which workers come for tasks. */
export interface Activity {
  readonly arn: string;
  readonly name: string;
  readonly creationDate: Date;
}

/** A task that waits for a worker. */
export interface ActivityTask {
  readonly taskToken: string;
  /** As JSON text. */
  readonly input: string;
}

/** The activities by ARN, and their tasks. */
export interface Activities {
  find(arn: string): Activity | undefined;
  /** @throws {AwsError} `InvalidArn` or `ActivityDoesNotExist`. */
  get(arn: string): Activity;
  add(activity: Activity): void;
  remove(arn: string): void;
  all(): readonly Activity[];
  /** Queues a task, for which `wait` waits; takes it back when the signal aborts. */
  perform(
    arn: string,
    task: ActivityTask,
    progress: ActivityProgress,
    wait: () => Promise<TaskResult>,
    signal: AbortSignal,
  ): Promise<TaskResult>;
  /** Takes the oldest task, now or as soon as there is one; undefined when the signal aborts first. */
  take(
    arn: string,
    workerName: string | undefined,
    signal: AbortSignal,
  ): Promise<ActivityTask | undefined>;
}

interface QueuedTask {
  readonly task: ActivityTask;
  readonly started: (workerName: string | undefined) => void;
}

type Poller = (queued: QueuedTask) => void;

interface ActivityQueue {
  readonly activity: Activity;
  readonly queue: Set<QueuedTask>;
  readonly pollers: Set<Poller>;
}

/** Creates the registry, with the activities that were kept. */
export function createActivities(maps: KeptMaps): Activities {
  const kept = maps.map<Activity>('states/activities');
  const queues = new Map<string, ActivityQueue>();
  const open = (activity: Activity): void =>
    void queues.set(activity.arn, { activity, queue: new Set(), pollers: new Set() });
  for (const activity of kept.values()) open(activity);

  function queueOf(arn: string): ActivityQueue {
    checkArn(arn, 'activity');
    const found = queues.get(arn);
    if (found === undefined) throw activityDoesNotExist(arn);
    return found;
  }

  return {
    find: (arn) => queues.get(arn)?.activity,
    get: (arn) => queueOf(arn).activity,
    add(activity) {
      kept.set(activity.arn, activity);
      open(activity);
    },
    remove(arn) {
      kept.delete(arn);
      queues.delete(arn);
    },
    all: () => [...queues.values()].map(({ activity }) => activity),
    async perform(arn, task, progress, wait, signal) {
      const { queue, pollers } = queueOf(arn);
      const queued = { task, started: (name: string | undefined) => progress.started(name) };
      const takeBack = (): void => void queue.delete(queued);
      signal.addEventListener('abort', takeBack);
      const [poller] = pollers;
      const result = wait();
      if (poller === undefined) queue.add(queued);
      else poller(queued);
      return result.finally(() => signal.removeEventListener('abort', takeBack));
    },
    take(arn, workerName, signal) {
      const { queue, pollers } = queueOf(arn);
      return new Promise((resolve) => {
        const [first] = queue;
        const hand = (queued: QueuedTask | undefined): void => {
          pollers.delete(hand);
          signal.removeEventListener('abort', giveUp);
          if (queued !== undefined) queue.delete(queued);
          queued?.started(workerName);
          resolve(queued?.task);
        };
        const giveUp = (): void => hand(undefined);
        if (first !== undefined || signal.aborted) return hand(first);
        signal.addEventListener('abort', giveUp);
        pollers.add(hand);
      });
    },
  };
}
