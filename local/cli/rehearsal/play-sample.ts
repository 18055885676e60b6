import { join } from 'node:path';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { entriesOf } from '../event-entries.ts';
import { allExecutions } from '../find-execution.ts';
import { readJsonFile } from '../read-json-file.ts';
import { decideApproval } from './decide-approval.ts';
import type { Played, PlayedEvent, PlayedExecution } from './played.ts';
import { readExecutions } from './read-executions.ts';
import { readWorld } from './read-world.ts';
import type { Sample } from './sample.ts';
import type { Stage } from './stage.ts';

/** Plays a sample: puts its events, does what people do in it, waits for the end, and reads what came of it. */
export async function playSample(root: string, stage: Stage, sample: Sample): Promise<Played> {
  const client = new SFNClient(stage.client);
  const earlier = new Set((await allExecutions(client)).map(({ executionArn }) => executionArn));
  const before = await readWorld(stage, [], []);
  const entries = entriesOf(
    readJsonFile(join(root, 'events', sample.entries)),
    `events/${sample.entries}`,
  );
  // Somebody may be sending orders of their own meanwhile.
  const ofSample = ({ orderId = '' }: PlayedExecution): boolean =>
    entries.some(({ Detail = '' }) => Detail.includes(`"${orderId}"`));
  const started = async (): Promise<readonly PlayedExecution[]> =>
    (await readExecutions(client, (arn) => !earlier.has(arn))).filter(ofSample);

  const eventIds = await putEntries(stage, entries);
  await stage.settled();
  if (sample.answer !== undefined) await answer(stage, sample.answer, await started());
  if (sample.stopIn !== undefined) await stop(stage, client, sample.stopIn, await started());

  const executions = await started();
  const orderIds = new Set(executions.flatMap(({ orderId }) => orderId ?? []));
  const world = await readWorld(stage, [...orderIds], Object.keys(sample.expect.stock));
  return {
    ...world,
    deadLetters: world.deadLetters - before.deadLetters,
    events: eventIds.map((id) => (typeof id === 'string' ? stage.eventOf(id) : id)),
    executions,
  };
}

/** Puts the sample's entries; answers their ids, or what the bus refused. */
async function putEntries(
  stage: Stage,
  entries: readonly PutEventsRequestEntry[],
): Promise<readonly (string | PlayedEvent)[]> {
  const client = new EventBridgeClient(stage.client);
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
  return Entries.map(({ EventId, ErrorCode, ErrorMessage }, index) =>
    EventId === undefined ? refused(entries[index], `${ErrorCode}: ${ErrorMessage}`) : EventId,
  );
}

function refused(entry: PutEventsRequestEntry | undefined, remark: string): PlayedEvent {
  const { Source: source = '', DetailType: detailType = '' } = entry ?? {};
  return { eventId: '', source, detailType, rules: [], remarks: [remark] };
}

async function answer(
  stage: Stage,
  { state, decision }: NonNullable<Sample['answer']>,
  executions: readonly PlayedExecution[],
): Promise<void> {
  if (decision === 'nobody') stage.nobodyAnswers?.();
  else {
    for (const { orderId } of waitingIn(executions, state)) {
      await decideApproval(stage, orderId ?? '', decision);
    }
  }
  await stage.settled();
}

async function stop(
  stage: Stage,
  client: SFNClient,
  state: string,
  executions: readonly PlayedExecution[],
): Promise<void> {
  for (const { executionArn } of waitingIn(executions, state)) {
    const cause = 'An operator pulled the plug';
    await client.send(new StopExecutionCommand({ executionArn, error: 'OperatorAbort', cause }));
  }
  await stage.settled();
}

function waitingIn(
  executions: readonly PlayedExecution[],
  state: string,
): readonly PlayedExecution[] {
  return executions.filter(({ status, path }) => status === 'RUNNING' && path.at(-1) === state);
}
