import { dirname, join } from 'node:path';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { entriesOf } from '../cli/event-entries.ts';
import { allExecutions } from '../cli/find-execution.ts';
import { readJsonFile } from '../cli/read-json-file.ts';
import { withTimes } from '../core/relative-time.ts';
import { awaitMoment, type Moment } from './moment.ts';
import { performStep } from './perform-step.ts';
import type { Played, PlayedEvent, PlayedExecution } from './played.ts';
import { readExecutions } from './read-executions.ts';
import { readShop } from './read-shop.ts';
import type { Sample, Step } from './sample.ts';
import { changeSettings } from './settings.ts';
import type { Stage } from './stage.ts';
import { watchOperations } from './watch-operations.ts';

/** The workflow whose samples have what they need in `scenarios/seed.json`, and share it. */
const ORDERS = 'OrderProcessingStateMachine';

/**
 * Plays a sample: does what happens in it step by step, waits for the end, and reads what came of
 * it.
 * @throws {UserError} When the sample names what is not there.
 */
export async function playSample(root: string, stage: Stage, sample: Sample): Promise<Played> {
  await stage.toNextStart();
  if (sample.world.length > 0) stage.world.reset(sample.world);
  const putBack = await changeSettings(stage, sample.settings);
  try {
    return await play(root, stage, sample);
  } finally {
    await putBack();
  }
}

async function play(root: string, stage: Stage, sample: Sample): Promise<Played> {
  const client = new SFNClient(stage.client);
  const earlier = new Set((await allExecutions(client)).map(({ executionArn }) => executionArn));
  const cameOf = await watchOperations(stage, sample.expect);
  const steps = sample.steps.map((step) => ({
    step,
    entries: entriesIn(root, sample, step, stage.now()),
  }));
  const isOfSample = belonging(
    stage,
    sample,
    steps.flatMap(({ entries }) => entries),
  );
  const started = async (): Promise<readonly PlayedExecution[]> =>
    (await readExecutions(client, (arn) => !earlier.has(arn))).filter(isOfSample);

  const { eventIds, omissions } = await playSteps(stage, steps, started);
  const executions = await started();
  const orderIds = new Set(executions.flatMap(({ orderId }) => orderId ?? []));
  return {
    ...(await readShop(stage, [...orderIds], Object.keys(sample.expect.stock))),
    ...(await cameOf(eventIds)),
    events: eventIds.map((id) => (typeof id === 'string' ? stage.eventOf(id) : id)),
    executions,
    omissions,
  };
}

interface PreparedStep {
  readonly step: Step;
  readonly entries: readonly PutEventsRequestEntry[];
}

interface PlayedSteps {
  /** Ids of the events that were put, or what the bus refused. */
  readonly eventIds: readonly (string | PlayedEvent)[];
  readonly omissions: readonly string[];
}

/** Plays the steps in turn; one that follows a call takes place while time stands still right after it. */
async function playSteps(
  stage: Stage,
  steps: readonly PreparedStep[],
  started: () => Promise<readonly PlayedExecution[]>,
): Promise<PlayedSteps> {
  const eventIds: (string | PlayedEvent)[] = [];
  const omissions: string[] = [];
  let moment: Moment | undefined;
  for (const [index, { step, entries }] of steps.entries()) {
    const here = moment;
    const call = steps[index + 1]?.step.after;
    const next = call === undefined ? undefined : awaitMoment(stage, call);
    const settled = async () => {
      if (here?.isNow()) return; // while time stands still nothing comes to rest
      await (next === undefined ? stage.settled() : Promise.race([next.reached, stage.settled()]));
    };
    eventIds.push(...(await performStep(step, { stage, entries, started, settled })));
    here?.end();
    await settled();
    if (next?.isNow() === false) omissions.push(`the call ${call} never came`);
    moment = next;
  }
  return { eventIds, omissions };
}

function entriesIn(
  root: string,
  { file }: Sample,
  { entries }: Step,
  now: Date,
): readonly PutEventsRequestEntry[] {
  if (entries === undefined) return [];
  const entriesFile = join(dirname(file), entries);
  return entriesOf(withTimes(readJsonFile(join(root, entriesFile)), now), entriesFile);
}

/** Tells a sample's executions from those of somebody who sends orders of their own meanwhile. */
function belonging(
  stage: Stage,
  { workflow }: Sample,
  entries: readonly PutEventsRequestEntry[],
): (execution: PlayedExecution) => boolean {
  const machine = stage.physicalId(workflow).split(':').at(-1);
  if (workflow !== ORDERS) return ({ stateMachine }) => stateMachine === machine;
  return ({ orderId = '' }) => entries.some(({ Detail = '' }) => Detail.includes(`"${orderId}"`));
}
