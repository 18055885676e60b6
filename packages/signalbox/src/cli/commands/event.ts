import type { AddCommand } from '../add-command.ts';
import { addEventLs } from '../events/event-ls.ts';
import { addEventPut } from '../events/event-put.ts';
import { addEventReplay } from '../events/event-replay.ts';
import { addEventTestPattern } from '../events/event-test-pattern.ts';

/** `event`: puts, lists, shows, replays and tests events. */
export const addEvent: AddCommand = (program, sessionOf) => {
  const event = program.command('event').description('put, list, show, replay and test events');
  for (const add of [addEventPut, addEventLs, addEventReplay, addEventTestPattern]) {
    add(event, sessionOf);
  }
};
