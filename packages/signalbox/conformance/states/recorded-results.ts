import type { Json, JsonObject } from '../../src/core/json.ts';
import { isJsonObject } from '../../src/core/json.ts';
import type { TaskResult } from '../../src/states-language/task-result.ts';

/** The result of a task by a recorded history: undefined where it never returned. */
export type RecordedResult = TaskResult | undefined;

/** The results in a recorded history, which are themselves the mock of its tasks. */
export class RecordedResults {
  readonly #submitted = new Map<string, TaskResult[]>();
  readonly #final = new Map<string, RecordedResult[]>();
  readonly #workers: (string | undefined)[] = [];

  constructor(history: readonly JsonObject[]) {
    for (const event of history) this.#take(event);
  }

  /** The result of the call that submitted a job or handed a token out. */
  submitted(key: string): TaskResult | undefined {
    return this.#submitted.get(key)?.shift();
  }

  hasSubmitted(key: string): boolean {
    return (this.#submitted.get(key)?.length ?? 0) > 0;
  }

  final(key: string): RecordedResult {
    return this.#final.get(key)?.shift();
  }

  worker(): string | undefined {
    return this.#workers.shift();
  }

  #take(event: JsonObject): void {
    const type = String(event['type']);
    const details = detailsOf(event);
    if (type === 'ActivityStarted') this.#workers.push(text(details['workerName']));
    if (type === 'TaskSubmitted') push(this.#submitted, keyOf(type, details), succeeded(details));
    if (/^(Task|LambdaFunction|Activity)Succeeded$/.test(type)) {
      push(this.#final, keyOf(type, details), succeeded(details));
    }
    if (/^(Task|LambdaFunction|Activity)(Start|Schedule|Submit)?Failed$/.test(type)) {
      push(this.#final, keyOf(type, details), failed(type, details));
    }
    if (/^(Task|LambdaFunction|Activity)TimedOut$/.test(type)) {
      push(this.#final, keyOf(type, details), undefined);
    }
  }
}

/** Names the tasks whose results stand in one queue. */
export function taskKey(resourceType: string, resource: string): string {
  return `${resourceType}:${resource}`;
}

function keyOf(type: string, details: JsonObject): string {
  if (type.startsWith('LambdaFunction')) return 'lambda';
  if (type.startsWith('Activity')) return 'activity';
  return taskKey(String(details['resourceType']), String(details['resource']));
}

function push<T>(queues: Map<string, T[]>, key: string, result: T): void {
  queues.set(key, [...(queues.get(key) ?? []), result]);
}

function succeeded(details: JsonObject): TaskResult {
  return { kind: 'succeeded', output: value(details['output']) };
}

function failed(type: string, details: JsonObject): TaskResult {
  const { error, cause } = details;
  const result = { kind: 'failed', error: text(error), cause: text(cause) } as const;
  if (type.endsWith('StartFailed')) return { ...result, stage: 'start' };
  if (type.endsWith('ScheduleFailed')) return { ...result, stage: 'schedule' };
  return type.endsWith('SubmitFailed') ? { ...result, stage: 'submit' } : result;
}

/** Objects were parsed when recorded; all other values are still JSON texts. */
function value(recorded: Json | undefined): Json {
  if (typeof recorded !== 'string') return recorded ?? null;
  try {
    const parsed: Json = JSON.parse(recorded);
    return parsed;
  } catch {
    return recorded;
  }
}

function text(recorded: Json | undefined): string | undefined {
  if (recorded === undefined || typeof recorded === 'string') return recorded;
  return JSON.stringify(recorded);
}

/** The details of a recorded event, under whichever name they stand. */
export function detailsOf(event: JsonObject): JsonObject {
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1];
  return isJsonObject(details) ? details : {};
}
