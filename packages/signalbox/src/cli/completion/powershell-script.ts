import type { CompletedCommand } from './command-tree.ts';

/** Writes the completion script for PowerShell; where no word fits, PowerShell completes file names. */
export function powershellScript(name: string, tree: readonly CompletedCommand[]): string {
  return `# PowerShell completion of ${name}: ${name} completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName ${literal(name)} -ScriptBlock {
  param($word, $ast, $position)
  $commands = @{
${tree.map(commandLine).join('\n')}
  }
  $given = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  if ($word -eq '') {
    $given = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -le $position } | ForEach-Object { $_.ToString() })
  }
  $before = @($given | Select-Object -Skip 1)
  $line = ''
  foreach ($one in $before) {
    $longer = "$line $one".Trim()
    if ($commands.ContainsKey($longer)) { $line = $longer }
  }
  $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }
  $command = $commands[$line]
  $found = $command.words
  if ($command.values.ContainsKey($previous)) { $found = $command.values[$previous] }
  elseif ($command.valueNames.ContainsKey($previous)) {
    $found = @(& $given[0] names $command.valueNames[$previous] '--' @before 2>$null)
  }
  elseif ($command.names -and -not $word.StartsWith('-') -and -not $previous.StartsWith('-')) {
    $found = @($found) + @(& $given[0] names $command.names '--' @before 2>$null)
  }
  @($found) | Where-Object { $_ -and $_.StartsWith($word) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function commandLine(command: CompletedCommand): string {
  const { path, words, values, valueNames, names = '' } = command;
  const kinds = [...valueNames].map(([flag, kind]) => `${literal(flag)} = ${literal(kind)}`);
  const choices = [...values].map(([flag, some]) => `${literal(flag)} = ${listOf(some)}`);
  return `    ${literal(path)} = @{ words = ${listOf(words.map(({ word }) => word))}; values = @{ ${choices.join('; ')} }; valueNames = @{ ${kinds.join('; ')} }; names = ${literal(names)} }`;
}

function listOf(words: readonly string[]): string {
  return `@(${words.map(literal).join(', ')})`;
}

/** A text in single quotes, in which PowerShell knows nothing but a doubled quote. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
