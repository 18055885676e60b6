import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { TaskRequest } from '../../packages/signalbox/src/states-language/ports.ts';
import type { TaskResult } from '../../packages/signalbox/src/states-language/task-result.ts';
import type { FakeBackend } from '../../tests/definitions/run-definition.ts';

/** A task's fault and its number of times; always, if no number is given. */
export interface TaskFault {
  readonly error: string;
  readonly times?: number;
}

type Work = (payload: JsonObject, call: number) => Json | TaskFault;

/**
 * The promises of the lifecycle workflows' tasks, in as few lines: each state's result, the faults of
 * some, and what was said to the backend.
 */
export class FakeLifecycleBackend implements FakeBackend {
  readonly announced: JsonObject[] = [];
  readonly notices: JsonObject[] = [];
  readonly calls: string[] = [];
  readonly payloads = new Map<string, JsonObject>();
  answers: Readonly<Record<string, Work>>;
  faults: Readonly<Record<string, TaskFault>> = {};
  approval: TaskResult | 'nobody' = { kind: 'succeeded', output: { decision: 'approve' } };
  readonly #failures = new Map<string, number>();
  readonly #done = new Map<string, number>();

  constructor(answers: Readonly<Record<string, Work>>) {
    this.answers = answers;
  }

  async perform({ stateName, parameters, resource }: TaskRequest): Promise<TaskResult> {
    const input = isJsonObject(parameters) ? parameters : {};
    this.calls.push(stateName);
    const fault = this.faults[stateName];
    const failures = this.#failures.get(stateName) ?? 0;
    if (fault !== undefined && failures < (fault.times ?? Number.POSITIVE_INFINITY)) {
      this.#failures.set(stateName, failures + 1);
      return failed(fault.error);
    }
    if (resource.includes('events:putEvents')) {
      const entries = Array.isArray(input['Entries']) ? input['Entries'].filter(isJsonObject) : [];
      this.announced.push(...entries);
      return { kind: 'succeeded', output: { FailedEntryCount: 0 } };
    }
    if (resource.includes('sns:publish')) {
      this.notices.push(input);
      return { kind: 'succeeded', output: {} };
    }
    return this.#work(stateName, input, resource);
  }

  async answerToken(): Promise<TaskResult> {
    return this.approval === 'nobody' ? new Promise(() => undefined) : this.approval;
  }

  #work(stateName: string, input: JsonObject, resource: string): TaskResult {
    const payload = isJsonObject(input['Payload']) ? input['Payload'] : input;
    this.payloads.set(stateName, payload);
    const key = resource.includes(':s3:') ? (resource.split(':').at(-1) ?? '') : stateName;
    const work = this.answers[key];
    if (work === undefined) throw new Error(`No task "${key}" in the model`);
    const call = this.#done.get(key) ?? 0;
    this.#done.set(key, call + 1);
    const answer = work(payload, call);
    if (isFault(answer)) return failed(answer.error);
    const output = resource.includes(':s3:') ? answer : { StatusCode: 200, Payload: answer };
    return { kind: 'succeeded', output };
  }
}

function isFault(answer: Json | TaskFault): answer is TaskFault {
  return typeof answer === 'object' && answer !== null && 'error' in answer;
}

function failed(error: string): TaskResult {
  return { kind: 'failed', error, cause: `{"errorMessage":"${error}"}` };
}
