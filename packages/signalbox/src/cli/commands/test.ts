import { writeFileSync } from 'node:fs';
import type { AddCommand } from '../add-command.ts';

/** `test`: plays scenarios in a rehearsal of their own, for a person or for CI. */
export const addTest: AddCommand = (program, sessionOf) => {
  program
    .command('test [files...]')
    .description(
      'play scenarios in a fresh rehearsal: those of scenarios/, or of the files and folders named; exit with 1 when one does not end as it should',
    )
    .option('--junit <file>', 'write the results as JUnit XML too')
    .action(async (files: readonly string[], options: { readonly junit?: string }, command) => {
      const session = sessionOf(command);
      // Everything that the rehearsal is made of loads here, so that other commands stay quick.
      const { testScenarios } = await import('../rehearse-scenarios.ts');
      const { report, exitCode } = await testScenarios(files, session);
      if (options.junit !== undefined) writeFileSync(options.junit, report());
      session.exitCode = exitCode;
    });
};
