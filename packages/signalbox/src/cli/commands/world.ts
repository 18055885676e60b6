import type { Command } from 'commander';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { askRehearsal } from '../rehearsal-api.ts';
import type { Session } from '../session.ts';
import { cut, tableOf } from '../table.ts';
import { worldLines } from '../world-lines.ts';

/** Where the rehearsal shows the services around the app, and lists what can be broken in them. */
const WORLD = '/_signalbox/world';
const FAULTS = '/_signalbox/faults';

const OF_THE_REHEARSAL = '(of a rehearsal only: AWS has no API for it)';

/** `world`: what is around the app in a rehearsal, and what can be broken in it. */
export const addWorld: AddCommand = (program, sessionOf) => {
  const world = program
    .command('world')
    .description('show, break and mend the services around the app');
  world
    .command('show [part]')
    .description(`show databases, servers, switches and whatever is around ${OF_THE_REHEARSAL}`)
    .action(async (part: string | undefined, _options: object, command: Command) => {
      const session = sessionOf(command);
      const shown = await readWorld(session, part);
      session.output.answer({ world: shown }, () =>
        worldLines(shown).map((line) => cut(line, session.output.layout.width)),
      );
      if (Object.keys(shown).length === 0) session.output.say('Nothing is around this app');
    });
  world
    .command('faults')
    .description(`list what can be broken ${OF_THE_REHEARSAL}`)
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command);
      const faults = await readFaults(session, 'world faults');
      session.output.answer({ faults }, () =>
        tableOf(['FAULT', 'PART', 'ON', 'TARGET', 'WHAT IT DOES'], faults.map(row), {
          ...session.output.layout,
          whole: ['FAULT'],
        }),
      );
      if (faults.length === 0) session.output.say('Nothing here can be broken');
    });
  addTurn(world, sessionOf, { name: 'break', verb: 'start', what: 'let something go wrong' });
  addTurn(world, sessionOf, { name: 'mend', verb: 'end', what: 'end what "world break" began' });
  world
    .command('reset')
    .description(
      `put everything back as rehearsal/simulated-resources.json has it ${OF_THE_REHEARSAL}`,
    )
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command);
      const path = `${WORLD}/reset`;
      const answer = await askRehearsal(session, { path, method: 'POST', command: 'world reset' });
      session.output.answer({ world: objectIn(answer, 'world') }, () => [
        'The world is as rehearsal/simulated-resources.json has it',
      ]);
    });
};

interface Turn {
  readonly name: 'break' | 'mend';
  readonly verb: 'start' | 'end';
  readonly what: string;
}

function addTurn(world: Command, sessionOf: Parameters<AddCommand>[1], turn: Turn): void {
  const { name, verb, what } = turn;
  world
    .command(`${name} <fault> [target]`)
    .description(`${what}; "world faults" lists the faults ${OF_THE_REHEARSAL}`)
    .action(
      async (fault: string, target: string | undefined, _options: object, command: Command) => {
        const session = sessionOf(command);
        const query = target === undefined ? '' : `?target=${encodeURIComponent(target)}`;
        const path = `${FAULTS}/${encodeURIComponent(fault)}/${verb}${query}`;
        const asked = { path, method: 'POST', command: `world ${name}` } as const;
        const answer = await askRehearsal(session, asked);
        if (answer === undefined) throw await unknownFault(session, fault, `world ${name}`);
        const message = textIn(answer, 'message');
        session.output.answer({ fault, target, message }, () => [message]);
      },
    );
}

async function readWorld(session: Session, part: string | undefined): Promise<JsonObject> {
  const path = part === undefined ? WORLD : `${WORLD}/${encodeURIComponent(part)}`;
  const answer = await askRehearsal(session, { path, command: 'world show' });
  if (answer !== undefined) return objectIn(answer, 'world');
  const parts = Object.keys(await readWorld(session, undefined)).join(', ');
  throw new UserError('not-found', `No part "${part}" of the world: there is ${parts || 'none'}`);
}

async function readFaults(session: Session, command: string): Promise<readonly JsonObject[]> {
  const answer = await askRehearsal(session, { path: FAULTS, command });
  const faults = isJsonObject(answer) ? answer['faults'] : undefined;
  const list: readonly Json[] = Array.isArray(faults) ? faults : [];
  return list.filter(isJsonObject);
}

async function unknownFault(session: Session, fault: string, command: string): Promise<UserError> {
  const names = (await readFaults(session, command)).map((one) => textIn(one, 'name'));
  return new UserError('not-found', `No fault "${fault}": there is ${names.join(', ') || 'none'}`);
}

function row(fault: JsonObject): readonly string[] {
  const on = Array.isArray(fault['on']) ? fault['on'].map(String) : [];
  const aimed = on.map((target) => target || 'yes').join(', ');
  return [
    textIn(fault, 'name'),
    textIn(fault, 'part'),
    aimed || 'no',
    textIn(fault, 'target') || '-',
    textIn(fault, 'summary'),
  ];
}

function textIn(value: Json, name: string): string {
  const found = isJsonObject(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : '';
}

function objectIn(value: Json | undefined, name: string): JsonObject {
  const found = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(found) ? found : {};
}
