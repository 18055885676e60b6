import { isJsonObject, type Json } from '../../core/json.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { askRehearsal } from '../rehearsal-api.ts';
import type { Session } from '../session.ts';

/** The path under which a rehearsal says its time. */
const CLOCK = '/_signalbox/clock';

/** `clock`: the time of a rehearsal, and how to move it. */
export const addClock: AddCommand = (program, sessionOf) => {
  const clock = program
    .command('clock')
    .description(
      'show the time of a rehearsal, or move it (of a rehearsal only: AWS has no API for it)',
    );
  clock
    .command('show')
    .description('show the time, and the next deadline before which somebody is expected to act')
    .action(async (_options: object, command) => {
      const session = sessionOf(command);
      const { now, skips, awaited } = await readClock(session);
      session.output.result({ now, skips, awaited }, () => [
        `${now}${skips ? ', skips its waits' : ', in real time'}`,
        ...(awaited === undefined ? [] : [`Somebody is awaited until ${awaited}`]),
      ]);
    });
  clock
    .command('skip <span>')
    .description(
      'let time skip by a span such as 90s, 15m, 2h or 3d, or to an instant in ISO 8601, over deadlines too: nobody acts before them',
    )
    .action(async (span: string, _options: object, command) => {
      const session = sessionOf(command);
      const to = await instantOf(session, span);
      const path = `${CLOCK}/skip?to=${encodeURIComponent(to)}`;
      await askRehearsal(session, { path, method: 'POST', command: 'clock skip' });
      session.output.result({ to }, () => [`Time skips to ${to}`]);
    });
};

interface ShownClock {
  readonly now: string;
  readonly skips: boolean;
  readonly awaited: string | undefined;
}

async function readClock(session: Session): Promise<ShownClock> {
  const response = await askRehearsal(session, { path: CLOCK, command: 'clock show' });
  const member = (name: string): Json | undefined =>
    isJsonObject(response) ? response[name] : undefined;
  const awaited = member('awaited');
  return {
    now: String(member('now')),
    skips: member('skips') === true,
    awaited: typeof awaited === 'string' ? awaited : undefined,
  };
}

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

async function instantOf(session: Session, span: string): Promise<string> {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(span) ?? [];
  const unitMs = Object.entries(UNITS_MS).find(([name]) => name === unit)?.[1];
  if (count !== undefined && unitMs !== undefined) {
    const { now } = await readClock(session);
    return new Date(Date.parse(now) + Number(count) * unitMs).toISOString();
  }
  const ms = Date.parse(span);
  if (Number.isNaN(ms)) {
    throw new UserError('usage', `"${span}" is no span such as 90s, 15m, 2h or 3d, and no instant`);
  }
  return new Date(ms).toISOString();
}
