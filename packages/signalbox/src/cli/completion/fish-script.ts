import type { CompletedCommand } from './command-tree.ts';
import { quoted } from './shell-word.ts';

/** Writes the completion script for fish, which completes file names besides. */
export function fishScript(name: string, tree: readonly CompletedCommand[]): string {
  const subcommands = new Set(tree.flatMap(({ path }) => (path === '' ? [] : [path])));
  return `# fish completion of ${name}: ${name} completion fish | source
function __${name}_line
  set -l line ''
  for word in (commandline -opc)[2..]
    switch "$line $word"
      case ${[...subcommands].map((path) => quoted(path.includes(' ') ? path : ` ${path}`)).join(' ')}
        set line (string trim -- "$line $word")
    end
  end
  test "$line" = "$argv[1]"
end
function __${name}_names
  set -l tokens (commandline -opc)
  command $tokens[1] names $argv[1] -- $tokens[2..] 2>/dev/null
end
${tree.flatMap((command) => linesOf(name, command)).join('\n')}
`;
}

function linesOf(
  name: string,
  { path, words, values, valueNames, names }: CompletedCommand,
): readonly string[] {
  const start = `complete -c ${name} -n ${quoted(`__${name}_line ${quoted(path)}`)}`;
  const lines = words.map(({ word, description }) => {
    const choices = values.get(word);
    const kind = valueNames.get(word);
    const asked = kind === undefined ? undefined : `(__${name}_names ${kind})`;
    const offered = choices?.join(' ') ?? asked;
    const value = offered === undefined ? '' : ` -xa ${quoted(offered)}`;
    return `${start} ${flagOf(word)}${value} -d ${quoted(description)}`;
  });
  return names === undefined
    ? lines
    : [...lines, `${start} -a ${quoted(`(__${name}_names ${names})`)}`];
}

function flagOf(word: string): string {
  if (word.startsWith('--')) return `-l ${word.slice(2)}`;
  return word.startsWith('-') ? `-s ${word.slice(1)}` : `-a ${quoted(word)}`;
}
