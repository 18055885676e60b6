import type { CompletedCommand } from './command-tree.ts';
import { quoted } from './shell-word.ts';

/** Writes the completion script for bash; where no word fits, bash completes file names. */
export function bashScript(name: string, tree: readonly CompletedCommand[]): string {
  return `# bash completion of ${name}: eval "$(${name} completion bash)"
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} line='' words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$line \${COMP_WORDS[i]}" in
      ${pathPattern(tree)}) line="\${line:+$line }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$line" in
${tree.map(wordsCase).join('\n')}
  esac
  case "$line $previous" in
${tree.flatMap(valueCases).join('\n')}
  esac
  if [[ "$current" != -* && "$previous" != -* ]]; then
    case "$line" in
${tree.flatMap(namesCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${name} ${name}
`;
}

/** Names are asked for with the line so far, which says where to look; bash would cut one with a space in pieces. */
function asked(kind: string): string {
  const ask = `"\${COMP_WORDS[0]}" names ${kind} -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}"`;
  return `$(${ask} 2>/dev/null | grep -v ' ')`;
}

function namesCase({ path, names }: CompletedCommand): readonly string[] {
  return names === undefined ? [] : [`      ${quoted(path)}) words+=" ${asked(names)}" ;;`];
}

/** A pattern of every path, each before the word that it ends with as the loop meets it. */
export function pathPattern(tree: readonly CompletedCommand[]): string {
  return tree
    .filter(({ path }) => path !== '')
    .map(({ path }) => quoted(path.includes(' ') ? path : ` ${path}`))
    .join(' | ');
}

function wordsCase({ path, words }: CompletedCommand): string {
  return `    ${quoted(path)}) words=${quoted(words.map(({ word }) => word).join(' '))} ;;`;
}

function valueCases({ path, values, valueNames }: CompletedCommand): readonly string[] {
  const words = [
    ...[...values].map(([flag, choices]) => [flag, quoted(choices.join(' '))]),
    ...[...valueNames].map(([flag, kind]) => [flag, asked(kind)]),
  ];
  return words.map(([flag, found]) => `    ${quoted(`${path} ${flag}`)}) words=${found} ;;`);
}
