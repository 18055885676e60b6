import type { Command, Option } from 'commander';
import { ownMember } from '../../core/names/own-member.ts';

/** A command of the command line, as far as completion needs it. */
export interface CompletedCommand {
  /** The words that lead to it, such as `event put`; empty for the program itself. */
  readonly path: string;
  /** The words that may stand next, each with a description. */
  readonly words: readonly CompletedWord[];
  /** Values of its options that take one of a few, by the option's flag. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The kinds of names that its options take, by the option's flag. */
  readonly valueNames: ReadonlyMap<string, string>;
  /** The kind of names that its argument takes, which are asked for when they are wanted. */
  readonly names: string | undefined;
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

/** Kinds of names by the arguments that take them; any other argument of a plug-in is a kind of its own. */
const KINDS: Readonly<Record<string, string>> = {
  'other-execution': 'execution',
  machine: 'workflow',
  prefix: 'alarm',
};

/** Reads the commands of a program with their subcommands, options and values. */
export function commandTree(
  program: Command,
  kinds: ReadonlySet<string> = new Set(),
): readonly CompletedCommand[] {
  // Only the program itself has a version.
  const shared = program.options.filter(({ long }) => long !== '--version');
  return [
    completed(program, [], shared, kinds),
    ...shownOf(program).flatMap((command) => subtree(command, [command.name()], shared, kinds)),
  ];
}

function subtree(
  command: Command,
  path: readonly string[],
  shared: readonly Option[],
  kinds: ReadonlySet<string>,
): readonly CompletedCommand[] {
  return [
    completed(command, path, shared, kinds),
    ...shownOf(command).flatMap((child) => subtree(child, [...path, child.name()], shared, kinds)),
  ];
}

function completed(
  command: Command,
  path: readonly string[],
  shared: readonly Option[],
  kinds: ReadonlySet<string>,
): CompletedCommand {
  const options = [...new Set([...command.options, ...shared])].filter(({ hidden }) => !hidden);
  const children = shownOf(command).map((child) => ({
    word: child.name(),
    description: child.description(),
  }));
  const values = options.flatMap((option) =>
    flagsOf(option).map((flag) => [flag, option.argChoices ?? []] as const),
  );
  const valueNames = options.flatMap((option) =>
    flagsOf(option).map((flag) => [flag, option.argChoices ? '' : placeholderOf(option)] as const),
  );
  return {
    path: path.join(' '),
    words: [...children, ...argumentWords(command), ...options.flatMap(optionWords)],
    values: new Map(values.filter(([, choices]) => choices.length > 0)),
    valueNames: new Map(valueNames.filter(([, kind]) => kinds.has(kind))),
    names: command.registeredArguments
      .map((argument) => ownMember(KINDS, argument.name()) ?? argument.name())
      .find((kind) => kinds.has(kind)),
  };
}

/** Its subcommands but for those that are hidden. */
function shownOf(command: Command): readonly Command[] {
  const shown = command.createHelp().visibleCommands(command);
  return command.commands.filter((child) => shown.includes(child));
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

/** What stands for the value of an option, such as `rule` in `--rule <rule...>`; empty where it has none. */
function placeholderOf({ flags }: Option): string {
  return /<([\w-]+)/.exec(flags)?.[1] ?? '';
}

function flagsOf({ short, long }: Option): readonly string[] {
  return [short, long].flatMap((flag) => flag ?? []);
}
