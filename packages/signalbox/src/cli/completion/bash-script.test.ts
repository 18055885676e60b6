import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { Command, Option } from 'commander';
import { bashScript } from './bash-script.ts';
import { commandTree } from './command-tree.ts';

function createProgram(): Command {
  const program = new Command('signalbox')
    .version('1.0.0')
    .option('--json', 'as JSON')
    .option('--profile <name>', 'a profile');
  program
    .command('ls')
    .addOption(new Option('--status <status>', 'with it').choices(['FAILED', 'RUNNING']));
  const event = program.command('event');
  event.command('put <file>').option('--bus <bus>', "the bus's name");
  event.command('ls');
  program.command('describe <execution>');
  program.command('secret', { hidden: true });
  return program;
}

/** Lets a real bash complete a line; a space at its end starts a new word. */
function complete(line: string): readonly string[] {
  const words = line.split(' ');
  const script = `${bashScript('signalbox', commandTree(createProgram(), new Set(['execution', 'bus'])))}
signalbox() { printf '%s\\n' "$*" | tr ' ' '_' | sed 's/^/asked_/'; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_signalbox
printf '%s\n' "\${COMPREPLY[@]}"`;
  const found = execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  return found.split('\n').filter((word) => word !== '');
}

describe('bashScript', () => {
  test.each([
    ['signalbox e', ['event']],
    ['signalbox s', []],
    ['signalbox --json d', ['describe']],
    ['signalbox event ', ['put', 'ls', '--json', '--profile']],
    ['signalbox event --json p', ['put']],
    ['signalbox event put --', ['--bus', '--json', '--profile']],
    ['signalbox ls --status ', ['FAILED', 'RUNNING']],
    ['signalbox ls --status R', ['RUNNING']],
    ['signalbox event ls --s', []],
    ['signalbox describe @', ['@last', '@last-failed']],
    ['signalbox describe a', ['asked_names_execution_--_describe']],
    ['signalbox --profile dev describe a', ['asked_names_execution_--_--profile_dev_describe']],
    ['signalbox event put --bus ', ['asked_names_bus_--_event_put_--bus']],
    ['signalbox event put --bus x', []],
    ['signalbox --ver', ['--version']],
    ['signalbox ls --ver', []],
  ])('completes "%s"', (line, words) => {
    expect(complete(line)).toEqual(words);
  });
});
