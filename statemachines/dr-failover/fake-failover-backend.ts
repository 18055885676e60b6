import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { TaskRequest } from '../../packages/signalbox/src/states-language/ports.ts';
import type { TaskResult } from '../../packages/signalbox/src/states-language/task-result.ts';
import { type Fault, Faults } from '../../tests/definitions/faults.ts';
import type { FakeBackend } from '../../tests/definitions/run-definition.ts';
import { failed, lambda, succeeded } from '../../tests/definitions/task-answers.ts';

/** The behaviour of one step of the plan. */
export interface StepBehaviour {
  /** The number of looks before it is done; with `Infinity` it never is. */
  readonly looks?: number;
  /** The look at which there is more to call, since an operator wants it ungraceful. */
  readonly restartsAt?: number;
  /** A required check that does not hold. */
  readonly isRefused?: boolean;
  /** The result of undoing it. */
  readonly undo?: 'undone' | 'kept' | 'pending';
}

/** The changes that the run made to the backend, in its order. */
export type Deed = { readonly what: 'start' | 'undo'; readonly stepId: string };

/**
 * A model of the lock, the trail, the steps and the approval channel for one failover: the promises of
 * each function, in as few lines. The functions' own tests hold them to it.
 */
export class FakeFailoverBackend implements FakeBackend {
  readonly failover: JsonObject;
  holder: string | undefined;
  isClaimed = false;
  isApproved = false;
  /** Whether a refused step can't be begun, or there is no reason to begin it. */
  refusalLevel: 'required' | 'reason' = 'required';
  isHealthy: boolean | number = true;
  acquisition: 'locked' | 'cooling-down' | 'duplicate' = 'locked';
  decision: 'start' | 'suppressed' = 'start';
  answer: TaskResult | 'nobody' = { kind: 'succeeded', output: APPROVED };
  readonly closings: JsonObject[] = [];
  readonly announced: JsonObject[] = [];
  readonly deeds: Deed[] = [];
  readonly calls: string[] = [];
  readonly wrongs: string[] = [];
  readonly notes: string[] = [];
  readonly notices: string[] = [];
  steps: Readonly<Record<string, StepBehaviour>> = {};
  faults: readonly Fault[];
  /** An effect from elsewhere just before a task is done. */
  beforeCall: (state: string) => void = () => undefined;
  readonly #looks = new Map<string, number>();
  readonly #begun = new Set<string>();
  readonly #faults = new Faults();
  #areChecksPassed = false;

  constructor(failover: JsonObject, ...faults: readonly Fault[]) {
    this.failover = failover;
    this.faults = faults;
  }

  async perform(request: TaskRequest, abort: () => void): Promise<TaskResult> {
    this.calls.push(request.stateName);
    this.beforeCall(request.stateName);
    const work = () => this.#do(request);
    return this.#faults.perform(this.faults, request.stateName, work, abort);
  }

  async answerToken(): Promise<TaskResult> {
    if (this.answer === 'nobody') return new Promise(() => undefined);
    this.isApproved = this.answer.kind === 'succeeded';
    return this.answer;
  }

  /** The work of the rule on executions that end badly: it closes, whatever the trail says. */
  closeByRule(executionArn: string): void {
    this.#close({ executionArn, outcome: 'aborted' });
  }

  #do({ stateName, parameters }: TaskRequest): TaskResult {
    const input = objectOf(parameters);
    const payload = objectOf(input['Payload']);
    const step = objectOf(payload['step']);
    const work = this.#tasks[stateName.replace(/Again$/, '')];
    if (work !== undefined) return work(payload, String(step['stepId']));
    if (stateName.startsWith('Announce')) return this.#announce(input);
    if (stateName.startsWith('Record')) return this.#note(input);
    if (stateName.startsWith('Notify')) {
      this.notices.push(String(input['Message']));
      return succeeded({ MessageId: '1' });
    }
    throw new Error(`No task "${stateName}" in the model`);
  }

  readonly #tasks: Readonly<Record<string, (payload: JsonObject, stepId: string) => TaskResult>> = {
    PrepareFailover: () =>
      lambda(
        this.decision === 'start'
          ? { decision: 'start', failover: this.failover }
          : {
              decision: 'suppressed',
              failover: { failoverId: 'fo-1', scenario: 'database' },
              reason: 'Automatic failovers are disabled',
            },
      ),
    AcquireLock: ({ executionArn }) => {
      const nothing = { outcome: this.acquisition, fencing: 0, reason: 'Too soon' };
      if (this.acquisition === 'duplicate') return lambda(nothing);
      this.isClaimed = true;
      if (this.acquisition === 'cooling-down') return lambda(nothing);
      if (this.failover['kind'] === 'dry-run') return lambda({ ...nothing, outcome: 'unlocked' });
      this.holder ??= String(executionArn);
      return this.holder === executionArn
        ? lambda({ outcome: 'locked', fencing: 7, reason: 'The lock is taken' })
        : failed('FailoverLockedError');
    },
    CheckStep: (_, stepId) => {
      const { isRefused = false } = this.steps[stepId] ?? {};
      this.#areChecksPassed = !isRefused;
      return lambda({
        stepId,
        kind: 'auto-scaling-group',
        isRefused,
        checks: [
          { name: 'group-exists', ok: true, level: 'required', detail: 'There' },
          {
            name: 'max-size',
            ok: !isRefused,
            level: this.refusalLevel,
            detail: 'MaxSize 6 for 10',
          },
          { name: 'several-zones', ok: false, level: 'advisory', detail: '1 zones' },
        ],
        calls: [{ service: 'autoscaling', action: 'SetDesiredCapacity' }],
      });
    },
    RequestApproval: () => lambda({}),
    StartStep: ({ executionArn, lock }, stepId) => {
      if (!this.#isHeldBy(executionArn, lock)) return failed('LockLostError');
      if (!this.#begun.has(stepId)) {
        this.#watch('start', stepId);
        this.#begun.add(stepId);
        this.deeds.push({ what: 'start', stepId });
      }
      const isDone = (this.steps[stepId]?.looks ?? 1) === 0;
      return lambda({ stepId, status: isDone ? 'done' : 'pending', detail: 'Moving', calls: [] });
    },
    ObserveStep: ({ executionArn, lock }, stepId) => {
      if (!this.#isHeldBy(executionArn, lock)) return failed('LockLostError');
      const looks = (this.#looks.get(stepId) ?? 0) + 1;
      this.#looks.set(stepId, looks);
      const status = looks >= (this.steps[stepId]?.looks ?? 1) ? 'done' : 'pending';
      const restarts = looks === this.steps[stepId]?.restartsAt;
      return lambda({ stepId, status, detail: `Look ${looks}`, ...(restarts && { restarts }) });
    },
    UndoStep: ({ executionArn, lock }, stepId) => {
      if (!this.#isHeldBy(executionArn, lock)) return failed('LockLostError');
      if (!this.#begun.has(stepId)) {
        return lambda({ stepId, status: 'nothing', detail: 'It never began', calls: [] });
      }
      const status = this.steps[stepId]?.undo ?? 'undone';
      if (status === 'undone') {
        this.#watch('undo', stepId);
        this.deeds.push({ what: 'undo', stepId });
      }
      return lambda({ stepId, status, detail: 'As before', calls: [] });
    },
    VerifyApplication: () => {
      const looks = (this.#looks.get('application') ?? 0) + 1;
      this.#looks.set('application', looks);
      const isHealthy =
        this.isHealthy === true || (this.isHealthy !== false && looks >= this.isHealthy);
      return lambda({ isHealthy, detail: isHealthy ? '2 alarms OK' : 'web is ALARM' });
    },
    CloseFailover: (payload) => lambda(this.#close(payload)),
  };

  #isHeldBy(executionArn: Json | undefined, lock: Json | undefined): boolean {
    return this.holder === executionArn && objectOf(lock)['fencing'] === 7;
  }

  /** Nothing may be changed before the lock, the checks and the approval. */
  #watch(what: Deed['what'], stepId: string): void {
    const isWanted = objectOf(this.failover['approval'])['isRequired'] === true;
    if (this.holder === undefined) this.wrongs.push(`${what} ${stepId} without the lock`);
    if (!this.#areChecksPassed) this.wrongs.push(`${what} ${stepId} without passing checks`);
    if (isWanted && !this.isApproved) this.wrongs.push(`${what} ${stepId} without approval`);
  }

  #close(closing: JsonObject): JsonObject {
    const first = this.closings[0] ?? closing;
    if (this.closings.length === 0) this.closings.push(closing);
    if (this.holder === closing['executionArn']) this.holder = undefined;
    const isCompleted = first['outcome'] === 'completed';
    return {
      failoverId: 'fo-1',
      outcome: first['outcome'] ?? '',
      failure: first['failure'] ?? null,
      recoveryTimeSeconds: isCompleted ? 42 : null,
      recoveryPointSeconds: isCompleted ? 0 : null,
      breaches: [],
      report: 'failovers/fo-1/report.json',
    };
  }

  #announce({ Entries: entries }: JsonObject): TaskResult {
    const entry = Array.isArray(entries) ? entries[0] : undefined;
    if (isJsonObject(entry)) this.announced.push(entry);
    return succeeded({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  }

  #note({ Item: item }: JsonObject): TaskResult {
    this.notes.push(String(objectOf(objectOf(item)['entryId'])['S']));
    return succeeded({});
  }
}

const APPROVED = {
  decision: 'approve',
  approver: 'grace',
  comment: 'Go',
  decidedAt: '2026-11-22T09:31:00.000Z',
};

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}
