import { Argument } from 'commander';
import type { AddCommand } from '../add-command.ts';
import { bashScript } from '../completion/bash-script.ts';
import { commandTree } from '../completion/command-tree.ts';
import { fishScript } from '../completion/fish-script.ts';
import { zshScript } from '../completion/zsh-script.ts';

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `completion`: the script with which a shell completes command lines. */
export const addCompletion: AddCommand = (program, sessionOf) => {
  program
    .command('completion')
    .description('print a script with which a shell completes commands, options and their values')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
    .action((shell: keyof typeof SHELLS, _options: object, command) => {
      const script = SHELLS[shell](program.name(), commandTree(program));
      sessionOf(command).output.result({ shell, script }, () => [script.trimEnd()]);
    });
};
