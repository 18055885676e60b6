import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isJsonObject, type Json, type JsonObject } from '../packages/signalbox/src/core/json.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { runCli } from './rehearsals/run-cli.ts';
import { type SpawnedRun, spawnSignalbox } from './rehearsals/spawn-rehearsal.ts';

let project: ProjectCopy;

/** Runs a game day where the plan wants drills approved. */
const drill = (...args: readonly string[]): Promise<SpawnedRun> =>
  spawnSignalbox(project.root, 'drill', ...args);

beforeAll(() => {
  project = copyProject();
  project.edit('samconfig.toml', 'Environment=local ', 'Environment=local DrillApproval=required ');
});
afterAll(() => project.remove());

describe('signalbox drill', () => {
  test('breaks, asks, approves, recovers and measures, and compares with the last time', async () => {
    const args = ['database', '--mode', 'ungraceful', '--break', 'database:web-data'];
    const first = await drill(...args);
    const second = await drill(...args);

    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stderr).toMatch(/^Kept in \.signalbox\/drills\/\S+-database\.json\n$/);
    expect(first.stdout).toMatch(
      /^Game day: database, ungraceful, with database:web-data broken$/m,
    );
    for (const line of [
      /^ {2}\d\d:\d\d:\d\d\.\d{3} {2}\d.* approved by \S+$/m,
      /^ {2}\S+ +\d.* step 1-1 \(aurora-cluster\): FailoverDBCluster$/m,
      /^ {2}Recovery time +\d+ min.* +15 min +-$/m,
      /^ {2}1-1 reader-available +ok /m,
      /^ {2}rds:DescribeDBClusters +\d+ +no$/m,
      /^ {2}rds:FailoverDBCluster +1 +yes$/m,
    ]) {
      expect(first.stdout).toMatch(line);
    }
    expect(first.stdout).toMatch(/\nok: completed\n$/);
    expect(second).toMatchObject({ exitCode: 0 });
    expect(second.stderr).toMatch(/^Recovery took .* s, was .* s\nKept in /);
  });

  test('tells in a dry run what it would do, and that a condition does not hold', async () => {
    const { exitCode, stdout } = await drill(
      ...['database', '--kind', 'dry-run', '--break', 'no-readers', '--json'],
    );
    const { drill: result, verdict, last } = dataOf(stdout);

    expect({ exitCode, last }).toEqual({ exitCode: 1, last: null });
    expect(verdict).toMatchObject({
      isMet: false,
      reasons: [expect.stringMatching(/^1-1 reader-available: 0 of 2 readers available/)],
    });
    expect(result).toMatchObject({ outcome: 'dry-run', recoveryTimeSeconds: null });
    expect(JSON.stringify(result)).not.toContain('"isMutating":true');
  });

  test('fails where the plan has no such scenario, and keeps all results', async () => {
    const unknown = await drill('datacentre');
    expect(unknown).toMatchObject({ exitCode: 1 });
    expect(unknown.stdout).toMatch(
      /^NOT OK: .*UnknownScenarioError: The plan has no scenario "datacentre": it has database, /m,
    );

    const { exitCode, stdout } = await drill('--list');
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/).slice(1, 3).join());
    expect(exitCode).toBe(0);
    expect(kinds).toEqual([
      'SCENARIO,KIND',
      'database,drill',
      'database,drill',
      'database,dry-run',
      'datacentre,drill',
    ]);
    expect((await drill('--list', 'region')).stdout).toBe('');
  });

  test('names what is missing, and refuses AWS and unknown faults', async () => {
    expect(await runCli('drill')).toMatchObject({
      exitCode: 2,
      stderr: 'Name a scenario of the plan, such as "drill database"\n',
    });
    expect(await runCli('drill', 'database', '--kind', 'real')).toMatchObject({ exitCode: 2 });
    expect((await runCli('--profile', 'none', 'drill', 'database')).stderr).toMatch(
      /^A game day on AWS starts by an event: put FailoverRequested of kind drill /,
    );
    const flooded = await drill('database', '--break', 'flood');
    expect(flooded).toMatchObject({ exitCode: 3, stdout: '' });
    expect(flooded.stderr).toMatch(/^No fault "flood": there is database, /);
  });
});

function dataOf(stdout: string): JsonObject {
  const data: Json = JSON.parse(stdout);
  if (isJsonObject(data)) return data;
  throw new TypeError(`No JSON object: ${stdout}`);
}
