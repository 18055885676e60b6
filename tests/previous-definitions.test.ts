import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { playScenario } from '../packages/signalbox/src/scenarios/play-scenario.ts';
import { readScenarios } from '../packages/signalbox/src/scenarios/read-scenarios.ts';
import { scenarioFields } from '../rehearsal/scenarios/scenario-fields.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

/*
 * An execution that began before a deployment ends by its own definition, with the functions that are
 * deployed by then (docs/deployments.md).
 */

const FOLDER = 'tests/previous-definitions';
const names = readdirSync(FOLDER).map((file) => basename(file, '.asl.yaml'));
/** Ways through each definition, with what is looked up, given back, undone and announced. */
const PLAYED = [
  'orders/happy-order',
  'orders/payment-timeout-after-charge',
  'orders/high-value-approved',
  'orders/shipping-refused',
  'orders/aborted-order',
  'failover/failover-database',
  'failover/failover-region-rolled-back',
  'failover/failover-region-step-skipped',
  'lifecycle/audit-of-changed-bucket',
  'lifecycle/audit-estate',
  'costs/cost-review',
];

/** What the definitions of the version before do not say yet. */
const NOT_YET: Readonly<Record<string, readonly string[]>> = {
  'failover/failover-region-rolled-back': [
    'events published on OperationsBus: expected FailoverFailed, FailoverStarted, FailoverStepSlow, got FailoverFailed, FailoverStarted',
  ],
};

let project: ProjectCopy;
let rehearsal: StartedRehearsal;

beforeAll(async () => {
  project = copyProject();
  for (const name of names) {
    const text = readFileSync(`${FOLDER}/${name}.asl.yaml`, 'utf8');
    project.write(`statemachines/${name}/definition.asl.yaml`, text);
  }
  rehearsal = await startRehearsal({ root: project.root });
});

afterAll(async () => {
  await rehearsal?.runtime.close();
  project.remove();
});

describe('the functions understand executions of the version before:', () => {
  const scenarios = readScenarios(process.cwd(), [scenarioFields]);

  test.each(PLAYED)('%s', async (name) => {
    const scenario = scenarios.find(({ file }) => file.endsWith(`${name}.json`));
    if (scenario === undefined) throw new RangeError(`There is no scenario ${name}`);

    const { differences } = await playScenario(project.root, rehearsal.stage, scenario);

    expect(differences).toEqual(NOT_YET[name] ?? []);
  });
});

test('a definition is kept of each workflow that outlives a deployment and can be served', () => {
  const workflows = readdirSync('statemachines');

  expect(workflows.filter((name) => !names.includes(name))).toEqual(['s3-lifecycle-repair']);
});
