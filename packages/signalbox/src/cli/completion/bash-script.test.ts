import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { Command, Option } from 'commander';
import { bashScript } from './bash-script.ts';
import { commandTree } from './command-tree.ts';

function createProgram(): Command {
  const program = new Command('signalbox').version('1.0.0').option('--json', 'as JSON');
  program
    .command('ls')
    .addOption(new Option('--status <status>', 'with it').choices(['FAILED', 'RUNNING']));
  const event = program.command('event');
  event.command('put <file>').option('--bus <name>', "the bus's name");
  event.command('ls');
  program.command('describe <execution>');
  return program;
}

/** Lets a real bash complete a line; a space at its end starts a new word. */
function complete(line: string): readonly string[] {
  const words = line.split(' ');
  const script = `${bashScript('signalbox', commandTree(createProgram()))}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_signalbox
printf '%s\n' "\${COMPREPLY[@]}"`;
  const found = execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  return found.split('\n').filter((word) => word !== '');
}

describe('bashScript', () => {
  test.each([
    ['signalbox e', ['event']],
    ['signalbox --json d', ['describe']],
    ['signalbox event ', ['put', 'ls', '--json']],
    ['signalbox event --json p', ['put']],
    ['signalbox event put --', ['--bus', '--json']],
    ['signalbox ls --status ', ['FAILED', 'RUNNING']],
    ['signalbox ls --status R', ['RUNNING']],
    ['signalbox event ls --s', []],
    ['signalbox describe @', ['@last', '@last-failed']],
    ['signalbox --ver', ['--version']],
    ['signalbox ls --ver', []],
  ])('completes "%s"', (line, words) => {
    expect(complete(line)).toEqual(words);
  });
});
