import type { Command, Option } from 'commander';

/** A command of the command line, as far as completion needs it. */
export interface CompletedCommand {
  /** The words that lead to it, such as `event put`; empty for the program itself. */
  readonly path: string;
  /** The words that may stand next, each with a description. */
  readonly words: readonly CompletedWord[];
  /** Values of its options that take one of a few, by the option's flag. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** One word that completion offers. */
export interface CompletedWord {
  readonly word: string;
  readonly description: string;
}

/** Names that stand for an execution wherever one is expected. */
const EXECUTIONS = [
  { word: '@last', description: 'the execution that started last' },
  { word: '@last-failed', description: 'the last execution that did not succeed' },
];

/** Reads the commands of a program with their subcommands, options and values. */
export function commandTree(program: Command): readonly CompletedCommand[] {
  // Only the program itself has a version.
  const shared = program.options.filter(({ long }) => long !== '--version');
  return [
    completed(program, [], shared),
    ...program.commands.flatMap((command) => subtree(command, [command.name()], shared)),
  ];
}

function subtree(
  command: Command,
  path: readonly string[],
  shared: readonly Option[],
): readonly CompletedCommand[] {
  return [
    completed(command, path, shared),
    ...command.commands.flatMap((child) => subtree(child, [...path, child.name()], shared)),
  ];
}

function completed(
  command: Command,
  path: readonly string[],
  shared: readonly Option[],
): CompletedCommand {
  const options = [...new Set([...command.options, ...shared])].filter(({ hidden }) => !hidden);
  const children = command.commands.map((child) => ({
    word: child.name(),
    description: child.description(),
  }));
  const values = options.flatMap((option) =>
    flagsOf(option).map((flag) => [flag, option.argChoices ?? []] as const),
  );
  return {
    path: path.join(' '),
    words: [...children, ...argumentWords(command), ...options.flatMap(optionWords)],
    values: new Map(values.filter(([, choices]) => choices.length > 0)),
  };
}

function argumentWords(command: Command): readonly CompletedWord[] {
  return command.registeredArguments.flatMap((argument) =>
    /^(other-)?execution$/.test(argument.name())
      ? EXECUTIONS
      : (argument.argChoices ?? []).map((word) => ({ word, description: argument.description })),
  );
}

function optionWords(option: Option): readonly CompletedWord[] {
  return flagsOf(option).map((word) => ({ word, description: option.description }));
}

function flagsOf({ short, long }: Option): readonly string[] {
  return [short, long].flatMap((flag) => flag ?? []);
}
