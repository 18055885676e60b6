import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { Ran } from '../states/compare-run.ts';
import type { RecordedCase } from '../states/recorded-case.ts';
import { answerTokens } from './answer-tokens.ts';
import type { Live } from './live.ts';
import type { CallLive } from './live-api.ts';
import type { Places } from './recorded-place.ts';

/** Runs an Express execution to its end; it has no history over the API. */
export async function runExpress({ call }: Live, start: object): Promise<Ran> {
  const ended = await call('start_sync_execution', start);
  return { ...endOf(ended), seconds: secondsOf(ended), events: [] };
}

/** Runs an execution to its end, with whoever answers its tokens or stops it. */
export async function runStandard(
  recorded: RecordedCase,
  live: Live,
  start: { readonly stateMachineArn: string; readonly name: string; readonly input: string },
): Promise<Ran> {
  const { call, client } = live;
  const { executionArn } = await call('start_execution', start);
  if (recorded.expectedStatus === 'ABORTED') await call('stop_execution', { executionArn });
  const controller = new AbortController();
  const queueUrl = queueOf(recorded, live.places);
  const answering =
    queueUrl === undefined
      ? undefined
      : answerTokens(recorded, { client, call, queueUrl, signal: controller.signal });
  try {
    const ended = await endedExecution(call, String(executionArn));
    const events = await historyOf(call, String(executionArn));
    return { ...endOf(ended), seconds: secondsOf(ended), events };
  } finally {
    controller.abort();
    await answering;
  }
}

function queueOf({ setup = [] }: RecordedCase, { url, accountId }: Places): string | undefined {
  const created = setup.find(({ op }) => op === 'CREATE_QUEUE');
  const name = isJsonObject(created?.['args']) ? created['args']['QueueName'] : undefined;
  return name === undefined ? undefined : `${url}/${accountId}/${String(name)}`;
}

const MAX_POLLS = 2_000;
const POLL_MS = 10;

async function endedExecution(call: CallLive, executionArn: string): Promise<JsonObject> {
  for (let poll = 0; poll < MAX_POLLS; poll++) {
    const description = await call('describe_execution', { executionArn });
    if (description['status'] !== 'RUNNING') return description;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await call('stop_execution', { executionArn });
  throw new Error('never ends');
}

async function historyOf(call: CallLive, executionArn: string): Promise<readonly JsonObject[]> {
  const { events = [] } = await call('get_execution_history', { executionArn, maxResults: 1000 });
  return Array.isArray(events) ? events : [];
}

function endOf({ status, output, error, cause }: JsonObject): Omit<Ran, 'events' | 'seconds'> {
  return {
    status: String(status),
    output: typeof output === 'string' ? JSON.parse(output) : undefined,
    error: typeof error === 'string' ? error : undefined,
    cause: typeof cause === 'string' ? cause : undefined,
  };
}

function secondsOf({ startDate, stopDate }: JsonObject): number {
  return Number(stopDate) - Number(startDate);
}
