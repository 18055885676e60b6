import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../packages/signalbox/src/core/json.ts';
import { playScenario } from '../packages/signalbox/src/scenarios/play-scenario.ts';
import { readScenarios } from '../packages/signalbox/src/scenarios/read-scenarios.ts';
import type { Scenario } from '../packages/signalbox/src/scenarios/scenario.ts';
import { scenarioFields } from '../rehearsal/scenarios/scenario-fields.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal();
});
afterAll(() => rehearsal?.runtime.close());

const directory = mkdtempSync(join(tmpdir(), 'signalbox-steps-'));

/** A scenario of orders that puts the events of one of the project's, with other steps after them. */
function altered(name: string, next: readonly JsonObject[], more: JsonObject = {}): Scenario {
  const entries = join(relative(directory, process.cwd()), `scenarios/orders/entries/${name}.json`);
  const workflow = 'OrderProcessingStateMachine';
  const content: Json = {
    title: name,
    workflow,
    entries,
    next,
    expect: { executions: [] },
    ...more,
  };
  const file = join(directory, `${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  const [scenario] = readScenarios(
    process.cwd(),
    [scenarioFields],
    [relative(process.cwd(), file)],
  );
  if (scenario === undefined) throw new RangeError(`No scenario ${name}`);
  return scenario;
}

async function differences(scenario: Scenario): Promise<readonly string[]> {
  return (await playScenario(process.cwd(), rehearsal.stage, scenario)).differences;
}

describe('a step after a call', () => {
  test('takes place while the execution is on its way', async () => {
    const steps = [{ after: 'dynamodb:PutItem', stopIn: 'RequestApproval' }];
    expect(await differences(altered('high-value-denied', steps))).toEqual([
      expect.stringMatching(
        /^did not expect the execution of [\w-]+ ABORTED OperatorAbort in RequestApproval$/,
      ),
    ]);
  });

  test('is a difference where the call never comes', async () => {
    expect(
      await differences(altered('malformed-order', [{ after: 'rds:RebootDBCluster' }])),
    ).toEqual([
      'the call rds:RebootDBCluster never came',
      expect.stringMatching(/^did not expect the execution of [\w-]+ FAILED/),
    ]);
  });
});

describe('a step in a state', () => {
  test.each([
    ['stopIn', 'Nowhere', 'so that none was stopped'],
    ['timeOutIn', 'Nowhere', 'so that none timed out'],
    ['decide', { state: 'Nowhere', decision: 'deny' }, 'so that nobody decided'],
    ['answer', { state: 'Nowhere', success: {} }, 'so that none was answered'],
  ])('%s is a difference where no execution comes into it', async (name, value, says) => {
    const scenario = altered('exact-duplicate', [{ [name]: value }]);
    expect(await differences(scenario)).toContainEqual(`no execution came into Nowhere, ${says}`);
  });
});

describe('a step with a fault', () => {
  test('is refused where there is no such fault', async () => {
    await expect(
      differences(altered('happy-order', [{ break: ['flood:cellar'] }])),
    ).rejects.toThrow(/^No fault "flood": there is /);
  });
});

describe('settings of a scenario', () => {
  test('must be parameters of the template', async () => {
    const scenario = altered('happy-order', [], { settings: { Weather: 'fine' } });
    await expect(differences(scenario)).rejects.toThrow(
      'The scenarios need Weather, which the template does not have',
    );
  });
});
