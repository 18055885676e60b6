import type { Json, JsonObject } from '../../src/core/json.ts';
import { isJsonObject } from '../../src/core/json.ts';
import type { TaskAnswer } from '../../src/states-language/ports.ts';

/** What a recorded history says that a task answered: undefined where it never did. */
export type RecordedAnswer = TaskAnswer | undefined;

/** The answers of a recorded history, which are themselves the mock of its tasks. */
export class RecordedAnswers {
  readonly #submitted = new Map<string, TaskAnswer[]>();
  readonly #final = new Map<string, RecordedAnswer[]>();
  readonly #workers: (string | undefined)[] = [];

  constructor(history: readonly JsonObject[]) {
    for (const event of history) this.#take(event);
  }

  /** The answer of the call that submitted a job or handed a token out. */
  submitted(key: string): TaskAnswer | undefined {
    return this.#submitted.get(key)?.shift();
  }

  hasSubmitted(key: string): boolean {
    return (this.#submitted.get(key)?.length ?? 0) > 0;
  }

  final(key: string): RecordedAnswer {
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

/** Names the tasks whose answers stand in one queue. */
export function taskKey(resourceType: string, resource: string): string {
  return `${resourceType}:${resource}`;
}

function keyOf(type: string, details: JsonObject): string {
  if (type.startsWith('LambdaFunction')) return 'lambda';
  if (type.startsWith('Activity')) return 'activity';
  return taskKey(String(details['resourceType']), String(details['resource']));
}

function push<T>(queues: Map<string, T[]>, key: string, answer: T): void {
  queues.set(key, [...(queues.get(key) ?? []), answer]);
}

function succeeded(details: JsonObject): TaskAnswer {
  return { kind: 'succeeded', output: value(details['output']) };
}

function failed(type: string, details: JsonObject): TaskAnswer {
  const { error, cause } = details;
  const answer = { kind: 'failed', error: text(error), cause: text(cause) } as const;
  if (type.endsWith('StartFailed')) return { ...answer, stage: 'start' };
  if (type.endsWith('ScheduleFailed')) return { ...answer, stage: 'schedule' };
  return type.endsWith('SubmitFailed') ? { ...answer, stage: 'submit' } : answer;
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
