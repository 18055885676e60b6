import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DocumentedCommand, documentedCommands } from './readme-commands.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { type SpawnedRehearsal, spawnRehearsal } from './rehearsals/spawn-rehearsal.ts';

const COMMANDS = documentedCommands('README.md');
const EXPORTS = COMMANDS.filter(({ text: line }) => line.startsWith('export '));
/** The rehearsal's address in README; the test has another. */
const DOCUMENTED_URL = /http:\/\/127\.0\.0\.1:4700/g;
/** Less than the limit of a test, so that a command that hangs is shown with its output. */
const LIMIT_MS = 240_000;
const NPX = /^npx (?=signalbox )/;
/** To start npx takes longer than what it starts: one command shows that it does. */
const BY_NPX = COMMANDS.find(({ text: line }) => NPX.test(line));

let project: ProjectCopy;
let rehearsal: SpawnedRehearsal;

beforeAll(async () => {
  project = copyProject();
  // The scenarios of one domain are enough for commands that look at what was played.
  for (const domain of ['failover', 'lifecycle', 'costs']) {
    rmSync(join(project.root, 'scenarios', domain), { recursive: true });
  }
  rehearsal = await spawnRehearsal(project.root);
});
afterAll(async () => {
  await rehearsal?.end('SIGINT');
  project?.remove();
});

describe('README.ko.md', () => {
  test('has the commands of README.md, word for word', () => {
    expect(blocksOf('README.ko.md')).toEqual(blocksOf('README.md'));
  });
});

describe('README.md', () => {
  test('names the AWS CLI and the tool', () => {
    const programs = new Set(COMMANDS.map(({ text: line }) => line.split(' ')[0]));
    expect([...programs]).toEqual(expect.arrayContaining(['export', 'aws', 'npx']));
  });

  // In their order: a command may need what those before it did.
  const runnable = COMMANDS.filter((command) => isInstalled(programOf(command)));
  test.each(runnable)('line $line: $text', async (command) => {
    const { exitCode, output } = await run(command);
    expect({ exitCode, output }).toEqual({ exitCode: command.exitCode, output });
  });
});

/** The fenced blocks of a document. */
function blocksOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').match(/^```[\s\S]*?^```/gm) ?? [];
}

async function run(command: DocumentedCommand) {
  const earlier = EXPORTS.filter(({ line }) => line < command.line);
  const lines = [...earlier, command].map(({ text: line }) => line);
  const script = lines
    .map((line) => (command === BY_NPX ? line : line.replace(NPX, '')))
    .join('\n');
  // The environment of whoever runs the tests must not reach the commands.
  const { PATH, HOME } = process.env;
  const child = spawn('bash', ['-c', script.replaceAll(DOCUMENTED_URL, rehearsal.url)], {
    cwd: project.root,
    env: {
      PATH: `${join(project.root, 'node_modules/.bin')}:${PATH}`,
      HOME,
      AWS_ENDPOINT_URL: rehearsal.url,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  const streams = [text(child.stdout), text(child.stderr), once(child, 'close')] as const;
  const [stdout, stderr] = await Promise.all(streams);
  return { exitCode: child.exitCode, output: `${stdout}${stderr}` };
}

function programOf({ text: line }: DocumentedCommand): string {
  return line.split(' ')[0] ?? '';
}

/** The AWS CLI comes with the Python tools of `npm run check:sam`; in CI it must be there. */
function isInstalled(program: string): boolean {
  if (program === 'export' || process.env['CI'] === 'true') return true;
  return spawnSync(program, ['--version']).status === 0;
}
