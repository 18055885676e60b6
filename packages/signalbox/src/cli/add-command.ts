import type { Command } from 'commander';
import type { Session } from './session.ts';

/** Adds a command to the program; `session` makes the session of a command line once it is parsed. */
export type AddCommand = (program: Command, session: (command: Command) => Session) => void;
