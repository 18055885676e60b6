import { Argument } from 'commander';
import { ownMember } from '../../core/names/own-member.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { OWN_NAMES, type ReadNames } from '../names/names-of.ts';
import type { Session } from '../session.ts';

/** `names KIND -- LINE`: the names that a shell completes, for the place that the command line names. */
export const addNames: AddCommand = (program, sessionOf) => {
  program
    .command('names <kind>', { hidden: true })
    .description('print the names of one kind, one a line; shells ask for them')
    .addArgument(new Argument('[line...]', 'the words of the command line so far, after --'))
    .action(async (kind: string, line: readonly string[], _options: object, command) => {
      // The line says where to look: --stack, --endpoint-url and the others. A shell reads lines.
      program.parseOptions(line.filter((word) => word !== '--json'));
      const session = sessionOf(command);
      const read = await readerOf(session, kind);
      const names = await read(
        session,
        line.filter((word) => !word.startsWith('-')),
      );
      session.output.result({ kind, names }, () => names);
    });
};

async function readerOf(session: Session, kind: string): Promise<ReadNames> {
  const own = ownMember(OWN_NAMES, kind);
  if (own !== undefined) return own;
  for (const { names = {} } of await session.plugins()) {
    const load = ownMember(names, kind);
    if (load !== undefined) return load();
  }
  throw new UserError('usage', `No kind of names "${kind}"`);
}
