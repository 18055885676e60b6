import { Argument } from 'commander';
import type { AddCommand } from '../add-command.ts';
import { bashScript } from '../completion/bash-script.ts';
import { commandTree } from '../completion/command-tree.ts';
import { fishScript } from '../completion/fish-script.ts';
import { powershellScript } from '../completion/powershell-script.ts';
import { zshScript } from '../completion/zsh-script.ts';
import { OWN_NAMES } from '../names/names-of.ts';

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript, powershell: powershellScript };

/** `completion`: the script with which a shell completes command lines. */
export const addCompletion: AddCommand = (program, sessionOf) => {
  program
    .command('completion')
    .description(
      'print a script with which a shell completes commands, options and their values, and names of what is there',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
    .action(async (shell: keyof typeof SHELLS, _options: object, command) => {
      const session = sessionOf(command);
      const ofPlugins = (await session.plugins()).flatMap(({ names = {} }) => Object.keys(names));
      const kinds = new Set([...Object.keys(OWN_NAMES), ...ofPlugins]);
      const script = SHELLS[shell](program.name(), commandTree(program, kinds));
      session.output.result({ shell, script }, () => [script.trimEnd()]);
    });
};
