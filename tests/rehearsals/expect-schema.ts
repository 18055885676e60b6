import { expect } from '@jest/globals';
import { Ajv } from 'ajv';
import { outputSchemas, schemaOf } from '../../packages/signalbox/src/cli/output-schemas.ts';
import { plugin } from '../../rehearsal/plugin.ts';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

/** Expects that what a command line printed with `--json` is as the schema of its command says. */
export async function expectSchema(args: readonly string[], stdout: string): Promise<void> {
  // A refusal prints nothing there, and completed names are lines.
  if (stdout === '' || args[0] === 'names') return;
  const known = await outputSchemas([plugin]);
  const command = commandIn(args, known);
  const schema = command === undefined ? undefined : schemaOf(known, command);
  if (schema === undefined) throw new Error(`No schema says what "${args.join(' ')}" prints`);
  const validate = ajv.compile(schema);
  for (const value of valuesIn(stdout)) {
    const isValid = validate(value);
    expect({ command, isValid, errors: validate.errors ?? [] }).toEqual({
      ...{ command, isValid: true, errors: [] },
    });
  }
}

/** The longest run of words that is a command: options and their values stand before and behind it. */
function commandIn(
  args: readonly string[],
  known: ReadonlyMap<string, unknown>,
): string | undefined {
  for (const [at, word] of args.entries()) {
    const two = `${word} ${args[at + 1]}`;
    if (known.has(two)) return two;
    if (known.has(word)) return word;
  }
  return undefined;
}

/** One value over many lines, or one a line. */
function valuesIn(stdout: string): readonly unknown[] {
  try {
    return [JSON.parse(stdout)];
  } catch {
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}
