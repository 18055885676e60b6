import type { AddCommand } from '../add-command.ts';

/** `mcp`: serves the Model Context Protocol, for coding agents. */
export const addMcp: AddCommand = (program, sessionOf) => {
  program
    .command('mcp')
    .description(
      'serve the Model Context Protocol on stdin and stdout, for coding agents: with the running rehearsal, or one of its own',
    )
    .action(async (_options: object, command) => {
      const session = sessionOf(command);
      // Everything that the tools need loads here, so that other commands stay quick.
      const { serveMcp } = await import('../mcp/serve-mcp.ts');
      await serveMcp(session, process);
    });
};
