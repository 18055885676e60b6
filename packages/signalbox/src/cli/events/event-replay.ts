import { setTimeout as delay } from 'node:timers/promises';
import {
  type Archive,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  type DescribeReplayResponse,
  EventBridgeClient,
  ListArchivesCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { type Command, InvalidArgumentError } from 'commander';
import { resourceNamed } from '../../core/logical-name.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { allRules } from '../all-rules.ts';
import type { Session } from '../session.ts';
import { physicalIds, stackResources } from '../stack.ts';

const LOOK_AGAIN_MS = 500;
const ENDED: readonly string[] = ['COMPLETED', 'CANCELLED', 'FAILED'];

/** `event replay`: brings back what an archive holds. */
export const addEventReplay: AddCommand = (event, sessionOf) => {
  event
    .command('replay [archive]')
    .description(
      'bring back the events of an archive, with the field replay-name; the only archive of the stack, unless one is named',
    )
    .option('--from <time>', 'events since, such as 2026-01-31T00:00:00Z', timeOption, new Date(0))
    .option('--to <time>', 'events until; now, unless said', timeOption)
    .option('--name <name>', 'the name of the replay')
    .option('--rule <rule...>', 'to these rules only, by name or ARN')
    .option('--no-wait', 'do not wait for its end')
    .action(async (archive: string | undefined, options: ReplayOptions, command: Command) => {
      const session = sessionOf(command);
      const client = new EventBridgeClient(session.client);
      const name = await archiveName(session, client, archive);
      const replay = await replayArchive(client, name, options);
      session.output.result({ replay }, () => [
        `${replay.ReplayName} ${replay.State}${lastText(replay)}`,
      ]);
      session.exitCode = replay.State === 'FAILED' || replay.State === 'CANCELLED' ? 1 : 0;
    });
};

interface ReplayOptions {
  readonly from: Date;
  readonly to?: Date;
  readonly name?: string;
  readonly rule?: readonly string[];
  readonly wait: boolean;
}

async function replayArchive(
  client: EventBridgeClient,
  archive: string,
  options: ReplayOptions,
): Promise<DescribeReplayResponse> {
  const found = await client.send(new DescribeArchiveCommand({ ArchiveName: archive }));
  const bus = found.EventSourceArn ?? '';
  const FilterArns = options.rule && (await ruleArns(client, bus, options.rule));
  const ReplayName = options.name ?? `${archive.slice(0, 40)}-${Date.now()}`;
  await client.send(
    new StartReplayCommand({
      ReplayName,
      EventSourceArn: found.ArchiveArn,
      EventStartTime: options.from,
      // A clock that skips is ahead of this one: a day more does no harm, since nothing is there yet.
      EventEndTime: options.to ?? new Date(Date.now() + 366 * 86_400_000),
      Destination: {
        Arn: found.EventSourceArn,
        ...(FilterArns === undefined ? {} : { FilterArns }),
      },
    }),
  );
  for (;;) {
    const replay = await client.send(new DescribeReplayCommand({ ReplayName }));
    if (!options.wait || ENDED.includes(replay.State ?? '')) return replay;
    await delay(LOOK_AGAIN_MS);
  }
}

/** The ARNs of rules of a bus. @throws {UserError} Where it has no rule of a name. */
async function ruleArns(
  client: EventBridgeClient,
  bus: string,
  wanted: readonly string[],
): Promise<string[]> {
  const rules = await allRules(client, bus);
  return wanted.map((name) => {
    if (name.startsWith('arn:')) return name;
    const arn = rules.find((rule) => rule.Name === name)?.Arn;
    if (arn !== undefined) return arn;
    throw new UserError('not-found', `The bus of the archive has no rule "${name}"`);
  });
}

/** The archive of that name or logical id; the only one, where none is named. */
async function archiveName(
  session: Session,
  client: EventBridgeClient,
  wanted: string | undefined,
): Promise<string> {
  if (wanted !== undefined) {
    const resources = await stackResources(session);
    const archives = resources.filter(({ type }) => type === 'AWS::Events::Archive');
    const found = resourceNamed(archives, wanted) ?? resourceNamed(archives, `${wanted}Archive`);
    return found?.physicalId ?? wanted;
  }
  const own =
    session.stack === undefined ? undefined : await physicalIds(session, 'AWS::Events::Archive');
  const { Archives = [] } = await client.send(new ListArchivesCommand({}));
  const names = Archives.flatMap(({ ArchiveName }: Archive) => ArchiveName ?? []).filter(
    (name) => own?.includes(name) ?? true,
  );
  const [first, second] = names;
  if (first !== undefined && second === undefined) return first;
  throw new UserError('usage', `Which archive: name one of ${names.join(', ') || 'none there'}`);
}

function lastText({ EventLastReplayedTime }: DescribeReplayResponse): string {
  return EventLastReplayedTime === undefined
    ? ''
    : `, last event of ${EventLastReplayedTime.toISOString()}`;
}

function timeOption(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('Write 2026-01-31T00:00:00Z.');
  return time;
}
