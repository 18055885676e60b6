import type { AddCommand } from '../add-command.ts';

/** `definition`: a workflow of the project as the engine understands it. */
export const addDefinition: AddCommand = (program, sessionOf) => {
  program
    .command('definition <workflow>')
    .description(
      'print a workflow of the template as JSON (logical id, name or file): with substitutions made and the defaults of Retry written out',
    )
    .action(async (workflow: string, _options, command) => {
      const session = sessionOf(command);
      const { normalisedDefinition } = await import('../normalised-definition.ts');
      const definition = normalisedDefinition(process.cwd(), workflow);
      session.output.answer({ definition }, () => [JSON.stringify(definition, null, 2)]);
    });
};
