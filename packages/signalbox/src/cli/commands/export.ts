import { type ExportedExecution, exportExecution } from '../../console/export/export-execution.ts';
import { createSdkCall } from '../../console/server/sdk-call.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';

/** `export`: executions with their histories, as one JSON document. */
export const addExport: AddCommand = (program, sessionOf) => {
  program
    .command('export <executions...>')
    .description(
      'print executions with their whole histories as one JSON document, as the console exports them: for a file, a ticket or jq',
    )
    .action(async (ids: readonly string[], _options, command) => {
      const session = sessionOf(command);
      const call = createSdkCall(session.client);
      const executions: ExportedExecution[] = [];
      // One after the other: AWS allows few such calls a second.
      for (const id of ids) {
        executions.push(await exportExecution(call, await findExecution(session, id)));
      }
      const data = { executions };
      session.output.document(data, () => [JSON.stringify(data, null, 2)]);
    });
};
