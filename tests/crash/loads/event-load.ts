import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { CrashStage } from '../crash-stage.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { createMailbox, queueArn } from '../mailbox.ts';

const DECADE_MS = 10 * 365 * 86_400_000;

const ACCOUNT_ARN = 'arn:aws:events:us-east-1:123456789012';

/**
 * Puts events on a bus with a target that takes them and one that is not there: each comes to the
 * queue, and each to the dead letters; a replay brings back those of before.
 */
export function eventLoad({ stage, random, run }: LoadOptions): Load {
  const bus = `${run}-bus`;
  const arrived = createMailbox(stage, `${run}-arrived`);
  const letters = createMailbox(stage, `${run}-letters`);
  const accepted = new Set<string>();
  /** Those that were accepted before a replay was. */
  let toReplay: readonly string[] = [];

  async function put(names: readonly string[]): Promise<void> {
    const Entries = names.map((name) => ({
      EventBusName: bus,
      Source: 'crash',
      DetailType: 'Happened',
      Detail: JSON.stringify({ name }),
    }));
    const response = await stage.attempt(({ events }) =>
      events.send(new PutEventsCommand({ Entries })),
    );
    if (response !== undefined) for (const name of names) accepted.add(name);
  }

  async function replay(name: string): Promise<void> {
    const before = [...accepted];
    const response = await stage.attempt(({ events }) =>
      events.send(
        new StartReplayCommand({
          ReplayName: name,
          EventSourceArn: `${ACCOUNT_ARN}:archive/${run}-archive`,
          Destination: { Arn: `${ACCOUNT_ARN}:event-bus/${bus}` },
          EventStartTime: new Date('2020-01-01T00:00:00Z'),
          // Later than the rehearsal's time, which runs ahead of this one.
          EventEndTime: new Date(Date.now() + DECADE_MS),
        }),
      ),
    );
    if (response !== undefined) toReplay = before;
  }

  const count = random.integer(3, 12);
  const replayAt = random.chance(0.5) ? random.integer(1, count - 1) : count;
  return {
    name: 'events',
    prepare: () => prepareBus(stage, run),
    steps: numbers(count).map((index) => {
      const names = numbers(random.integer(1, 4)).map((one) => `event-${index}-${one}`);
      return index === replayAt ? () => replay(`${run}-replay`) : () => put(names);
    }),
    async wrongs() {
      const found = { arrived: await arrived.bodies(), letters: await letters.bodies() };
      return eventWrongs([...accepted], toReplay, found);
    },
  };
}

async function prepareBus(stage: CrashStage, run: string): Promise<void> {
  const EventBusName = `${run}-bus`;
  for (const QueueName of [`${run}-arrived`, `${run}-letters`]) {
    await stage.insist(({ queues }) => queues.send(new CreateQueueCommand({ QueueName })));
  }
  await stage.insist(({ events }) =>
    events.send(new CreateEventBusCommand({ Name: EventBusName })),
  );
  const rule = async (Rule: string, target: Omit<Target, 'Id'>): Promise<void> => {
    const EventPattern = JSON.stringify({ source: ['crash'] });
    await stage.insist(({ events }) =>
      events.send(new PutRuleCommand({ Name: Rule, EventBusName, EventPattern })),
    );
    const Targets = [{ Id: 'target', ...target }];
    await stage.insist(({ events }) =>
      events.send(new PutTargetsCommand({ Rule, EventBusName, Targets })),
    );
  };
  await rule(`${run}-delivered`, { Arn: queueArn(`${run}-arrived`) });
  await rule(`${run}-refused`, {
    Arn: queueArn(`${run}-is-not-there`),
    DeadLetterConfig: { Arn: queueArn(`${run}-letters`) },
  });
  const EventSourceArn = `${ACCOUNT_ARN}:event-bus/${EventBusName}`;
  const archive = { ArchiveName: `${run}-archive`, EventSourceArn };
  await stage.insist(({ events }) => events.send(new CreateArchiveCommand(archive)));
}

function eventWrongs(
  accepted: readonly string[],
  toReplay: readonly string[],
  found: { readonly arrived: readonly string[]; readonly letters: readonly string[] },
): readonly string[] {
  const has = (all: readonly string[], name: string): boolean =>
    all.some((body) => body.includes(`"name":"${name}"`));
  const replayed = found.arrived.filter((body) => body.includes('"replay-name"'));
  return [
    ...accepted
      .filter((name) => !has(found.arrived, name))
      .map((name) => `${name} was accepted, and did not arrive`),
    ...accepted
      .filter((name) => !has(found.letters, name))
      .map((name) => `${name} was accepted, and is not among the dead letters`),
    ...toReplay
      .filter((name) => !has(replayed, name))
      .map((name) => `${name} was to be replayed, and did not arrive again`),
  ];
}
