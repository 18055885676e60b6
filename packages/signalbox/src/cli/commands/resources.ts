import type { Command } from 'commander';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { cut, tableOf } from '../print/table.ts';
import { askRehearsal } from '../rehearsal-api.ts';
import { resourceLines } from '../resource-lines.ts';
import type { Session } from '../session.ts';

/** The paths of the simulated resources, and of the faults that can be started in them. */
const RESOURCES = '/_signalbox/resources';
const FAULTS = '/_signalbox/faults';

const OF_THE_REHEARSAL = '(of a rehearsal only: AWS has no API for it)';

/** `resources`, also `world`: the simulated resources of a rehearsal, and what can be broken in them. */
export const addResources: AddCommand = (program, sessionOf) => {
  const resources = program
    .command('resources')
    .alias('world')
    .description('show, break and mend the simulated resources');
  resources
    .command('show [part]')
    .description(
      `show databases, servers, switches and whatever else is simulated ${OF_THE_REHEARSAL}`,
    )
    .action(async (part: string | undefined, _options: object, command: Command) => {
      const session = sessionOf(command);
      const shown = await readResources(session, part);
      session.output.result({ resources: shown }, () =>
        resourceLines(shown).map((line) => cut(line, session.output.layout.width)),
      );
      if (Object.keys(shown).length === 0)
        session.output.say('This rehearsal has no simulated resources');
    });
  resources
    .command('faults')
    .description(`list what can be broken ${OF_THE_REHEARSAL}`)
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command);
      const faults = await readFaults(session, 'resources faults');
      session.output.result({ faults }, () =>
        tableOf(['FAULT', 'PART', 'ON', 'TARGET', 'WHAT IT DOES'], faults.map(row), {
          ...session.output.layout,
          whole: ['FAULT'],
        }),
      );
      if (faults.length === 0) session.output.say('Nothing here can be broken');
    });
  addTurn(resources, sessionOf, { name: 'break', verb: 'start', what: 'let something go wrong' });
  addTurn(resources, sessionOf, {
    name: 'mend',
    verb: 'end',
    what: 'end what "resources break" began',
  });
  resources
    .command('reset')
    .description(
      `put everything back as the file of simulated resources has it ${OF_THE_REHEARSAL}`,
    )
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command);
      const path = `${RESOURCES}/reset`;
      const response = await askRehearsal(session, {
        path,
        method: 'POST',
        command: 'resources reset',
      });
      session.output.result({ resources: objectIn(response, 'resources') }, () => [
        'The simulated resources are as their file has them',
      ]);
    });
};

interface Turn {
  readonly name: 'break' | 'mend';
  readonly verb: 'start' | 'end';
  readonly what: string;
}

function addTurn(resources: Command, sessionOf: Parameters<AddCommand>[1], turn: Turn): void {
  const { name, verb, what } = turn;
  resources
    .command(`${name} <fault> [target]`)
    .description(`${what}; "resources faults" lists the faults ${OF_THE_REHEARSAL}`)
    .action(
      async (fault: string, target: string | undefined, _options: object, command: Command) => {
        const session = sessionOf(command);
        const query = target === undefined ? '' : `?target=${encodeURIComponent(target)}`;
        const path = `${FAULTS}/${encodeURIComponent(fault)}/${verb}${query}`;
        const asked = { path, method: 'POST', command: `resources ${name}` } as const;
        const response = await askRehearsal(session, asked);
        if (response === undefined) throw await unknownFault(session, fault, `resources ${name}`);
        const message = textIn(response, 'message');
        session.output.result({ fault, target, message }, () => [message]);
      },
    );
}

async function readResources(session: Session, part: string | undefined): Promise<JsonObject> {
  const path = part === undefined ? RESOURCES : `${RESOURCES}/${encodeURIComponent(part)}`;
  const response = await askRehearsal(session, { path, command: 'resources show' });
  if (response !== undefined) return objectIn(response, 'resources');
  const parts = Object.keys(await readResources(session, undefined)).join(', ');
  throw new UserError(
    'not-found',
    `No part "${part}" of the simulated resources: there is ${parts || 'none'}`,
  );
}

async function readFaults(session: Session, command: string): Promise<readonly JsonObject[]> {
  const response = await askRehearsal(session, { path: FAULTS, command });
  const faults = isJsonObject(response) ? response['faults'] : undefined;
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
  const found = isJsonObject(value) ? ownMember(value, name) : undefined;
  return typeof found === 'string' ? found : '';
}

function objectIn(value: Json | undefined, name: string): JsonObject {
  const found = isJsonObject(value) ? ownMember(value, name) : undefined;
  return isJsonObject(found) ? found : {};
}
