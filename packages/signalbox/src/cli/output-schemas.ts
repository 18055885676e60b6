import type { JsonObject } from '../core/json.ts';
import type { RehearsalPlugin } from '../rehearsal-plugin.ts';
import own from './output-schema.json' with { type: 'json' };
import type { OutputSchemaFile } from './output-schema-file.ts';

/** All schemas, by the words of the command, each with the file that it is from. */
export type OutputSchemas = ReadonlyMap<string, OutputSchemaFile>;

/** The schemas of the tool's commands and of those of plug-ins. */
export async function outputSchemas(plugins: readonly RehearsalPlugin[]): Promise<OutputSchemas> {
  const files: OutputSchemaFile[] = [own];
  for (const { outputs } of plugins) if (outputs !== undefined) files.push(await outputs());
  return new Map(
    files.flatMap((file) => Object.keys(file.commands).map((name) => [name, file] as const)),
  );
}

/** The schema of one command, whole in itself; undefined where it has none. */
export function schemaOf(known: OutputSchemas, name: string): JsonObject | undefined {
  const file = known.get(name);
  const schema = file?.commands[name];
  if (file === undefined || schema === undefined) return undefined;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `signalbox ${name} --json`,
    // In draft 7 nothing beside a reference counts.
    allOf: [schema],
    definitions: file.definitions,
  };
}
