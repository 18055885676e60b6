import type { Json } from '../../src/core/json.ts';
import { createBranch } from '../../src/history/branch.ts';
import type { HistoryEvent } from '../../src/history/history-event.ts';
import type {
  ActivityProgress,
  MapRun,
  MapRunRequest,
  Ports,
  TaskRequest,
} from '../../src/states-language/ports.ts';
import { parseTaskResource } from '../../src/states-language/task/resource.ts';
import type { TaskResult } from '../../src/states-language/task-result.ts';
import { mockedResult, tokenResult } from './mocked-results.ts';
import { RecordedBucket } from './recorded-bucket.ts';
import type { RecordedCase } from './recorded-case.ts';
import { RecordedResults, taskKey } from './recorded-results.ts';
import { SkippingTime } from './skipping-time.ts';

/** A run of a case: its ports, and the history that they take. */
export interface RecordedRun {
  readonly ports: Ports;
  readonly history: HistoryEvent[];
}

const ACCOUNT = 'arn:aws:states:us-east-1:111111111111';

/** Makes the run of a recorded case: its tasks return what the recording says, its time skips. */
export function recordedRun(recorded: RecordedCase): RecordedRun {
  const time = new SkippingTime(Date.UTC(2026, 0, 2, 3, 4, 5));
  const results = new RecordedResults(recorded.expectedHistory ?? []);
  const bucket = new RecordedBucket(recorded.setup ?? []);
  const machineName = named(recorded, /^<ArnPart_0idx>$/) ?? 'machine';
  const executionName = named(recorded, /^<ExecArnPart_0idx>$/) ?? 'execution';
  const names = { machineName, executionName };
  const history: HistoryEvent[] = [];
  const never = (signal: AbortSignal): Promise<TaskResult> =>
    new Promise((resolve) => {
      const stop = { kind: 'failed', error: undefined, cause: undefined } as const;
      signal.addEventListener('abort', () => resolve(stop));
    });
  const settled = (result: TaskResult | undefined, signal: AbortSignal): Promise<TaskResult> =>
    result === undefined ? never(signal) : Promise.resolve(result);
  let serial = 0;
  const requests = new Map<string, TaskRequest>();
  let activeKey = '';
  const ports: Ports = {
    now: () => time.now(),
    sleep: (delayMs, signal) => time.sleep(delayMs, signal),
    deadline: (delayMs, signal) => time.sleep(delayMs, signal),
    random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`,
    taskToken: () => `task-token-${++serial}`,
    invoke(request: TaskRequest, signal) {
      if (request.taskToken !== undefined) requests.set(request.taskToken, request);
      const known =
        bucket.resultOf(request.resource, request.parameters) ??
        (recorded.expectedHistory === undefined ? mockedResult(recorded, request) : undefined);
      if (known !== undefined) return Promise.resolve(known);
      const key = keyOf(request);
      activeKey = key;
      if (results.hasSubmitted(key)) return settled(results.submitted(key), signal);
      return settled(results.final(key), signal);
    },
    async awaitToken(token, _onHeartbeat, signal) {
      // The call that hands the token out comes first.
      await Promise.resolve();
      const request = requests.get(token);
      const own = request && tokenResult(recorded, request);
      return settled(own ?? results.final(activeKey), signal);
    },
    awaitJob: (request, _submitted, signal) => settled(results.final(keyOf(request)), signal),
    hasActivity: () => true,
    performActivity(request, progress: ActivityProgress, signal) {
      progress.started(results.worker());
      return settled(mockedResult(recorded, request) ?? results.final('activity'), signal);
    },
    startMapRun: (request) => startMapRun(request, ports, names, bucket),
    history: createBranch({ now: () => time.now(), append: (event) => history.push(event) }),
    context: contextOf(recorded, names, time),
  };
  return { ports, history };
}

function keyOf({ resource }: TaskRequest): string {
  const parsed = parseTaskResource(resource);
  if (parsed?.kind !== 'service') return parsed?.kind ?? '';
  return taskKey(parsed.resourceType, parsed.resource);
}

interface Names {
  readonly machineName: string;
  readonly executionName: string;
}

function startMapRun(
  { label }: MapRunRequest,
  ports: Ports,
  { machineName }: Names,
  bucket: RecordedBucket,
): MapRun {
  const run = ports.uuid();
  const labelled = label ?? ports.uuid();
  return {
    arn: `${ACCOUNT}:mapRun:${machineName}/${labelled}:${run}`,
    child() {
      const name = ports.uuid();
      return {
        name,
        executionArn: `${ACCOUNT}:execution:${machineName}/${labelled}:${name}`,
        stateMachineArn: `${ACCOUNT}:stateMachine:${machineName}/${labelled}`,
        ports: {
          ...ports,
          // The results of a child's tasks are not in the recording of its parent.
          invoke: (request) =>
            Promise.resolve(
              bucket.resultOf(request.resource, request.parameters) ?? {
                kind: 'succeeded',
                output: null,
              },
            ),
          history: createBranch({ now: () => ports.now(), append: () => undefined }),
        },
      };
    },
    end: () => undefined,
  };
}

function contextOf(
  recorded: RecordedCase,
  { machineName, executionName }: Names,
  time: SkippingTime,
): Ports['context'] {
  const input: Json = recorded.input;
  return {
    Execution: {
      Id:
        recorded.type === 'EXPRESS'
          ? `${ACCOUNT}:express:${machineName}:${executionName}:run`
          : `${ACCOUNT}:execution:${machineName}:${executionName}`,
      Input: input,
      Name: executionName,
      RoleArn: named(recorded, /role_arn$/) ?? 'arn:aws:iam::111111111111:role/role',
      StartTime: time.now().toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: `${ACCOUNT}:stateMachine:${machineName}`, Name: machineName },
  };
}

/** Returns the text that the recording replaced by a token. */
function named(recorded: RecordedCase, token: RegExp): string | undefined {
  const found = recorded.substitutions?.find(
    ({ replacement }) => replacement !== undefined && token.test(replacement),
  );
  return found?.regex;
}
