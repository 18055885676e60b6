import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Json } from '../packages/signalbox/src/core/json.ts';
import { createRealClock } from '../packages/signalbox/src/core/real-clock.ts';
import { UserError } from '../packages/signalbox/src/core/user-error.ts';
import { createPrincipals } from '../packages/signalbox/src/endpoint/principals.ts';
import { createRegistry } from '../packages/signalbox/src/endpoint/registry.ts';
import { type Endpoint, startEndpoint } from '../packages/signalbox/src/endpoint/server.ts';
import { createMount } from '../packages/signalbox/src/runtime/mounts/mount.ts';
import {
  FAULTS_MOUNT,
  faultsHandler,
  RESOURCES_MOUNT,
  resourcesHandler,
} from '../packages/signalbox/src/runtime/mounts/resources-mount.ts';
import type { SimulatedResources } from '../packages/signalbox/src/runtime/simulated-resources.ts';
import { type CliRun, runCli } from './rehearsals/run-cli.ts';

/** Simulated resources: one bridge, which can be raised. */
function bridge(): SimulatedResources {
  let raised: readonly string[] = [];
  const show = () => ({ bridges: { tower: { raised: raised.length > 0, lanes: 2 } } });
  return {
    show: (part) => (part === undefined || part === 'bridges' ? show() : undefined),
    faults: () => [
      { name: 'raise', part: 'bridges', summary: 'Raises it', target: 'a bridge', on: raised },
    ],
    start(fault, target) {
      if (fault !== 'raise') return undefined;
      if (target !== undefined && target !== 'tower') {
        throw new UserError('usage', `No bridge "${target}": there is tower`);
      }
      raised = [target ?? ''];
      return 'tower is raised';
    },
    end(fault) {
      if (fault !== 'raise') return undefined;
      raised = [];
      return 'tower is down';
    },
    reset() {
      raised = [];
    },
  };
}

const bugs: unknown[] = [];
let endpoint: Endpoint;

const run = (...args: readonly string[]): Promise<CliRun> =>
  runCli('--endpoint-url', endpoint.url, ...args);

beforeAll(async () => {
  const onBug = (bug: unknown) => void bugs.push(bug);
  const resources = bridge();
  endpoint = await startEndpoint({
    port: 0,
    startsOpen: true,
    registry: createRegistry({ clock: createRealClock(), onBug }),
    principals: createPrincipals({ accountId: '123456789012' }),
    onBug,
    mounts: [
      createMount(RESOURCES_MOUNT, resourcesHandler(resources), onBug),
      createMount(FAULTS_MOUNT, faultsHandler(resources), onBug),
    ],
  });
});
afterAll(() => endpoint.close());

describe('signalbox resources', () => {
  test('shows the parts, or one of them, also by its earlier name', async () => {
    expect(await run('resources', 'show')).toEqual({
      exitCode: 0,
      stdout: 'bridges\n  tower: raised false, lanes 2\n',
      stderr: '',
    });
    expect((await run('world', 'show')).stdout).toBe('bridges\n  tower: raised false, lanes 2\n');
    const { stdout } = await run('--json', 'resources', 'show', 'bridges');
    const data: Json = JSON.parse(stdout);
    expect(data).toEqual({
      version: 1,
      resources: { bridges: { tower: { raised: false, lanes: 2 } } },
    });
    expect(await run('resources', 'show', 'rds')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'No part "rds" of the simulated resources: there is bridges\n',
    });
  });

  test('breaks, lists, mends and resets', async () => {
    const listed = async () => (await run('resources', 'faults')).stdout.split('\n')[1];

    expect(await run('resources', 'break', 'raise', 'tower')).toEqual({
      exitCode: 0,
      stdout: 'tower is raised\n',
      stderr: '',
    });
    expect(await listed()).toBe('raise  bridges  tower  a bridge  Raises it');
    expect(await run('resources', 'mend', 'raise')).toMatchObject({ stdout: 'tower is down\n' });
    expect(await listed()).toBe('raise  bridges  no  a bridge  Raises it');

    await run('resources', 'break', 'raise');
    expect(await listed()).toBe('raise  bridges  yes  a bridge  Raises it');
    expect(await run('resources', 'reset')).toMatchObject({
      exitCode: 0,
      stdout: 'The simulated resources are as their file has them\n',
    });
    expect(await listed()).toBe('raise  bridges  no  a bridge  Raises it');
  });

  test('says what there is where a fault or its target is unknown', async () => {
    expect(await run('resources', 'break', 'sink')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'No fault "sink": there is raise\n',
    });
    expect(await run('resources', 'break', 'raise', 'rialto')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'No bridge "rialto": there is tower\n',
    });
  });

  test.each([[['show']], [['faults']], [['break', 'raise']], [['reset']]])(
    'refuses %j on AWS',
    async (args) => {
      const { exitCode, stderr } = await runCli('--profile', 'none', 'resources', ...args);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: `AWS has no API for "resources ${args[0]}": it works on a rehearsal only\n`,
      });
    },
  );

  test('answers nothing else below its paths, and has no bug', async () => {
    const post = (path: string) => fetch(`${endpoint.url}${path}`, { method: 'POST' });
    for (const path of ['/_signalbox/resources/bridges', '/_signalbox/faults/raise/stop']) {
      expect((await post(path)).status).toBe(404);
    }
    expect((await fetch(`${endpoint.url}/_signalbox/resources/bridges/tower`)).status).toBe(404);
    expect(bugs).toEqual([]);
  });
});
