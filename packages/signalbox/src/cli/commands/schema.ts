import type { JsonObject } from '../../core/json.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { type OutputSchemas, outputSchemas, schemaOf } from '../output-schemas.ts';

/** `schema COMMAND`: the JSON Schema of what a command prints with --json. */
export const addSchema: AddCommand = (program, sessionOf) => {
  program
    .command('schema [command...]')
    .description(
      'print the JSON Schema (draft 7) of what a command prints with --json; without a command the commands that have one',
    )
    .action(async (words: readonly string[], _options: object, command) => {
      const session = sessionOf(command);
      const known = await outputSchemas(await session.plugins());
      if (words.length === 0) {
        const commands = [...known.keys()].sort();
        session.output.document({ commands }, () => commands);
        return;
      }
      const schema = found(known, words.join(' '));
      session.output.document(schema, () => [JSON.stringify(schema, null, 2)]);
    });
};

function found(known: OutputSchemas, name: string): JsonObject {
  const schema = schemaOf(known, name);
  if (schema !== undefined) return schema;
  const below = [...known.keys()].filter((one) => one.startsWith(`${name} `));
  const hint =
    below.length > 0 ? `name one of ${below.join(', ')}` : '"signalbox schema" lists them';
  throw new UserError('not-found', `No schema of "${name}": ${hint}`);
}
