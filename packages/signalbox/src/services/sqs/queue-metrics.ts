import { ownMember } from '../../core/names/own-member.ts';
import type { MeasuredValue, MetricIdentity, MetricSource } from '../metric-source.ts';
import type { Queue } from './queue.ts';

const MINUTE_MS = 60_000;
/** AWS: a queue is measured while it is active, for six hours after its last message. */
const ACTIVE_MS = 6 * 3_600_000;

/** How full a queue was from a time on. */
interface Step {
  readonly timeMs: number;
  readonly visible: number;
  /** When its oldest message came; undefined where it was empty. */
  readonly oldestAtMs: number | undefined;
}

/** What a step measures at a time, by the metric's name. */
const MEASURES: Readonly<Record<string, (step: Step, timeMs: number) => number>> = {
  ApproximateNumberOfMessagesVisible: ({ visible }) => visible,
  ApproximateAgeOfOldestMessage: ({ oldestAtMs }, timeMs) =>
    oldestAtMs === undefined ? 0 : Math.floor((timeMs - oldestAtMs) / 1000),
};

/** The metrics of queues, and the function that notifies them of changes. */
export interface QueueMetrics extends MetricSource {
  /** Looks at a queue again, since a message came, went, or is hidden. */
  changed(queue: Queue, nowMs: number): void;
}

/**
 * Makes the metrics of AWS/SQS for how full queues are, measured at each full minute (SQS
 * Developer Guide, "Available CloudWatch metrics for Amazon SQS"): ApproximateNumberOfMessagesVisible and
 * ApproximateAgeOfOldestMessage, in seconds.
 */
export function createQueueMetrics(ownRegion: string): QueueMetrics {
  const courses = new Map<string, Step[]>();
  const listeners: (() => void)[] = [];
  return {
    namespace: 'AWS/SQS',
    metrics: (region) => (region === ownRegion ? [...courses.keys()].flatMap(identitiesOf) : []),
    datapoints({ metricName, dimensions }, region, startMs, endMs) {
      const course = courses.get(dimensions['QueueName'] ?? '') ?? [];
      const measure = ownMember(MEASURES, metricName);
      if (region !== ownRegion || measure === undefined) return [];
      const firstMs = Math.max(startMs, course[0]?.timeMs ?? endMs);
      return sampled(course, measure, Math.ceil(firstMs / MINUTE_MS) * MINUTE_MS, endMs);
    },
    onChange: (listener) => void listeners.push(listener),
    changed(queue, nowMs) {
      const course = courses.get(queue.name) ?? [];
      courses.set(queue.name, course);
      const visible = queue.countOf('visible');
      const oldestAtMs = queue.oldestAtMs();
      const last = course.at(-1);
      if ((last?.visible ?? 0) === visible && last?.oldestAtMs === oldestAtMs) return;
      // Only what a minute ends with is ever measured.
      const isSameMinute =
        last && Math.ceil(last.timeMs / MINUTE_MS) === Math.ceil(nowMs / MINUTE_MS);
      if (isSameMinute) course.pop();
      course.push({ timeMs: nowMs, visible, oldestAtMs });
      for (const listener of listeners) listener();
    },
  };
}

function identitiesOf(QueueName: string): readonly MetricIdentity[] {
  return Object.keys(MEASURES).map((metricName) => ({
    ...{ namespace: 'AWS/SQS', metricName },
    dimensions: { QueueName },
  }));
}

/** The course goes on as it is when it is asked for the future. */
function sampled(
  course: readonly Step[],
  measure: (step: Step, timeMs: number) => number,
  firstMs: number,
  endMs: number,
): MeasuredValue[] {
  const values: MeasuredValue[] = [];
  let index = course.findLastIndex((own) => own.timeMs <= firstMs);
  for (let timeMs = firstMs; timeMs < endMs; timeMs += MINUTE_MS) {
    while ((course[index + 1]?.timeMs ?? endMs) <= timeMs) index += 1;
    const step = course[index];
    if (step === undefined) continue;
    const isActive = step.oldestAtMs !== undefined || timeMs - step.timeMs <= ACTIVE_MS;
    if (isActive) values.push({ timeMs, value: measure(step, timeMs) });
  }
  return values;
}
