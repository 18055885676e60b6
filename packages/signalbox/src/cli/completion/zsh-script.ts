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

function valueCases({ path, values }: CompletedCommand): readonly string[] {
  return [...values].map(
    ([flag, choices]) =>
      `    (${quoted(`${path} ${flag}`)}) found=(${choices.map(quoted).join(' ')}) ;;`,
  );
}

function namesCase({ path, names }: CompletedCommand): readonly string[] {
  if (names === undefined) return [];
  const ask = `"\${words[1]}" names ${names} -- "\${(@)words[2,CURRENT-1]}"`;
  return [
    `      (${quoted(path)}) names=("\${(@f)$(${ask} 2>/dev/null)}"); found+=("\${(@)names//:/\\\\:}") ;;`,
  ];
}
