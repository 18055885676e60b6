import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readScenarios } from '../packages/signalbox/src/scenarios/read-scenarios.ts';
import { loadApp } from '../packages/signalbox/src/template/load-app.ts';
import { scenarioFields } from '../rehearsal/scenarios/scenario-fields.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';

const DOMAIN = ['--domain', 'orders'];
let project: ProjectCopy;

beforeAll(() => {
  project = copyProject();
  for (const folder of ['tests/definitions', 'tests/temporary-directory']) {
    cpSync(folder, join(project.root, folder), { recursive: true });
  }
  cpSync('biome.json', join(project.root, 'biome.json'));
});
afterAll(() => project.remove());

function runNew(...args: readonly string[]) {
  const script = join(process.cwd(), 'bin/new.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: project.root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** The files that it says it wrote. */
function writtenFiles(stdout: string): readonly string[] {
  return [...stdout.matchAll(/^wrote (.+)$/gm)].map(([, file = '']) => file);
}

/** Does what it asks for: pastes the resource into the template that it names. */
function paste(stdout: string): void {
  const [, file = '', resource = ''] =
    /^Paste under Resources in (\S+):\n\n((?: {2}.*\n)+)/m.exec(stdout) ?? [];
  project.edit(file, '\nResources:\n', `\nResources:\n${resource}`);
}

describe('npm run new', () => {
  test('writes a workflow, a function, an event and a scenario that load, and pass lint and types', () => {
    const made = [
      runNew('workflow', 'return-parcel', ...DOMAIN),
      runNew('function', 'weigh-parcel', ...DOMAIN),
      runNew('event', 'parcel-returned', ...DOMAIN),
      runNew('scenario', 'parcel-comes-back', ...DOMAIN),
    ];
    expect(made.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      made.map(() => ({ status: 0, stderr: '' })),
    );
    for (const { stdout } of made.slice(0, 2)) paste(stdout);

    const { region, accountId } = { region: 'eu-central-1', accountId: '123456789012' };
    const stack = { stackName: 'new', region, accountId, endpoint: 'http://127.0.0.1' };
    const app = loadApp({ root: project.root, ...stack, parameterOverrides: {} });
    expect(app.ok ? [] : app.problems).toEqual([]);
    const ids = app.ok ? app.value.resources.map(({ logicalId }) => logicalId) : [];
    expect(ids).toEqual(
      expect.arrayContaining(['ReturnParcelStateMachine', 'WeighParcelFunction']),
    );

    const [scenario, ...later] = readScenarios(project.root, [scenarioFields]).slice(-1);
    expect({ name: scenario?.name, later }).toEqual({ name: 'parcel-comes-back', later: [] });
    const file = readFileSync(join(project.root, scenario?.file ?? ''), 'utf8');
    expect(JSON.parse(file)).toMatchObject({ entries: 'entries/parcel-comes-back.json' });

    const files = made.flatMap(({ stdout }) => writtenFiles(stdout));
    expect(files).toHaveLength(10);
    expect(
      toolOutput('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--vcs-enabled=false', ...files),
    ).toBe('');
    const checked = {
      extends: './tsconfig.json',
      files: files.filter((one) => one.endsWith('.ts')),
    };
    writeFileSync(join(project.root, 'new.json'), JSON.stringify({ ...checked, include: [] }));
    expect(toolOutput('typescript/bin/tsc', '--noEmit', '-p', 'new.json')).toBe('');
    expect(
      toolOutput('jest/bin/jest.js', '--config', jestConfig(), 'parcel', 'event-contracts'),
    ).toBe('');
  });

  test.each([
    [['workflow', 'order-processing', ...DOMAIN], /definition\.asl\.yaml exists: choose another/],
    [['function', 'ShipOrder', ...DOMAIN], /"ShipOrder" is no name: write lower case/],
    [['function', '../ship', ...DOMAIN], /"\.\.\/ship" is no name/],
    [
      ['queue', 'parcels', ...DOMAIN],
      /No kind "queue": there is workflow, function, event, scenario/,
    ],
    [['scenario', 'happy-order', ...DOMAIN], /happy-order\.json exists: choose another name/],
    [['event', 'parcel-lost', '--domain', 'parcels'], /No domain "parcels": .*orders/],
    [['event', 'parcel-lost'], /No domain: write --domain with one of/],
    [['event'], /Write npm run new/],
    [['event', 'parcel-lost', '--force'], /Unknown option '--force'/],
  ])('refuses %j and writes nothing', (args, says) => {
    const { status, stdout, stderr } = runNew(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(existsSync(join(project.root, 'events/orders/parcel-lost.json'))).toBe(false);
  });
});

/** The output of a tool that fails; nothing where it is content. */
function toolOutput(bin: string, ...args: readonly string[]): string {
  const run = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', join('node_modules', bin), ...args],
    { cwd: project.root, encoding: 'utf8' },
  );
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}`;
}

function jestConfig(): string {
  const text = readFileSync('jest.config.js', 'utf8');
  writeFileSync(join(project.root, 'jest.config.js'), text);
  return 'jest.config.js';
}
