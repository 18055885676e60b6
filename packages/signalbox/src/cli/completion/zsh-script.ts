import { pathPattern } from './bash-script.ts';
import type { CompletedCommand } from './command-tree.ts';
import { quoted } from './shell-word.ts';

/** Writes the completion script for zsh; where no word fits, zsh completes file names. */
export function zshScript(name: string, tree: readonly CompletedCommand[]): string {
  return `#compdef ${name}
# zsh completion of ${name}, after compinit: eval "$(${name} completion zsh)"
_${name}() {
  local line='' i
  local -a found names
  for ((i = 2; i < CURRENT; i++)); do
    case "$line \${words[i]}" in
      (${pathPattern(tree)}) line="\${line:+$line }\${words[i]}" ;;
    esac
  done
  case "$line" in
${tree.map(wordsCase).join('\n')}
  esac
  case "$line \${words[CURRENT-1]}" in
${tree.flatMap(valueCases).join('\n')}
  esac
  if [[ "\${words[CURRENT]}" != -* && "\${words[CURRENT-1]}" != -* ]]; then
    case "$line" in
${tree.flatMap(namesCase).join('\n')}
    esac
  fi
  _describe -t words ${name} found || _files
}
compdef _${name} ${name}
`;
}

function wordsCase({ path, words }: CompletedCommand): string {
  const described = words.map(({ word, description }) =>
    quoted(`${word.replaceAll(':', '\\:')}:${description}`),
  );
  return `    (${quoted(path)}) found=(${described.join(' ')}) ;;`;
}

function valueCases({ path, values, valueNames }: CompletedCommand): readonly string[] {
  const lines = [
    ...[...values].map(([flag, choices]) => [flag, `found=(${choices.map(quoted).join(' ')})`]),
    ...[...valueNames].map(([flag, kind]) => [flag, `found=(); ${addNames(kind)}`]),
  ];
  return lines.map(([flag, found]) => `    (${quoted(`${path} ${flag}`)}) ${found} ;;`);
}

function namesCase({ path, names }: CompletedCommand): readonly string[] {
  return names === undefined ? [] : [`      (${quoted(path)}) ${addNames(names)} ;;`];
}

/** Names are asked for with the line so far, which says where to look. */
function addNames(kind: string): string {
  const ask = `"\${words[1]}" names ${kind} -- "\${(@)words[2,CURRENT-1]}"`;
  return `names=("\${(@f)$(${ask} 2>/dev/null)}"); found+=("\${(@)names//:/\\\\:}")`;
}
