import type { Command } from 'commander';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { countOption } from '../commands/count-option.ts';
import { tableOf } from '../print/table.ts';
import { type EventDelivery, type EventRecord, readEventLog } from './event-record.ts';

const OF_THE_REHEARSAL = '(of a rehearsal only: AWS keeps no log of events)';

/** `event ls` and `event show`: what became of events. */
export const addEventLs: AddCommand = (event, sessionOf) => {
  event
    .command('ls')
    .description(
      `list the last events, newest first: the rules that matched and what was delivered, or why nothing was ${OF_THE_REHEARSAL}`,
    )
    .option('--unmatched', 'only events that no rule matched')
    .option('--limit <count>', 'at most this many', countOption, 50)
    .action(async (options: LsOptions, command: Command) => {
      const session = sessionOf(command);
      const all = (await readEventLog(session, 'event ls')) ?? [];
      const events = all
        .filter(({ reason }) => options.unmatched !== true || reason !== undefined)
        .toReversed()
        .slice(0, options.limit);
      if (events.length === 0) session.output.say('No events');
      session.output.result({ events }, () =>
        tableOf(['TIME', 'ID', 'EVENT', 'BUS', 'RULES', 'OUTCOME'], events.map(row), {
          ...session.output.layout,
          whole: ['ID'],
        }),
      );
    });
  event
    .command('show <id>')
    .description(`show an event, the rules that matched it and each delivery ${OF_THE_REHEARSAL}`)
    .action(async (id: string, _options: object, command: Command) => {
      const session = sessionOf(command);
      const events = await readEventLog(session, 'event show', id);
      if (events === undefined) {
        throw new UserError('not-found', `No event "${id}": "signalbox event ls" shows the last`);
      }
      session.output.result({ events }, () => events.flatMap(lines));
    });
};

interface LsOptions {
  readonly unmatched?: boolean;
  readonly limit: number;
}

function row(record: EventRecord): readonly string[] {
  const { event, eventBusName, ingestionTime, rules, deliveries, reason } = record;
  const what = `${String(event['source'])} ${String(event['detail-type'])}`;
  const outcome = reason ?? deliveries.map(({ result }) => result).join(', ');
  const id = String(event['id']);
  return [ingestionTime, id, what, eventBusName, rules.join(', ') || '-', outcome || 'no target'];
}

function lines(record: EventRecord): readonly string[] {
  const { event, eventBusName, rules, archives, deliveries, reason } = record;
  return [
    ...JSON.stringify(event, null, 2).split('\n'),
    `bus: ${eventBusName}`,
    `rules: ${rules.join(', ') || 'none'}`,
    ...(archives.length === 0 ? [] : [`archives: ${archives.join(', ')}`]),
    ...(reason === undefined ? [] : [reason]),
    ...deliveries.map(deliveryText),
  ];
}

function deliveryText({ ruleName, targetArn, attempts, result, detail }: EventDelivery): string {
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  return `${ruleName} → ${targetArn}: ${result} after ${tries}${detail === '' ? '' : `: ${detail}`}`;
}
