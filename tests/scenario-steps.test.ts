import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { differencesOf } from '../packages/signalbox/src/scenarios/differences-of.ts';
import { playScenario } from '../packages/signalbox/src/scenarios/play-scenario.ts';
import {
  readScenarios,
  type Scenario,
  type Step,
} from '../packages/signalbox/src/scenarios/scenario.ts';
import { type StartedRehearsal, startRehearsal } from './start-rehearsal.ts';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal();
}, 60_000);
afterAll(() => rehearsal?.runtime.close());

/** A scenario of the project's with other steps after its events. */
function altered(name: string, steps: readonly Partial<Step>[]): Scenario {
  const scenario = readScenarios(process.cwd()).find((one) => one.name.endsWith(name));
  if (scenario === undefined) throw new RangeError(`No scenario ${name}`);
  const [{ entries } = {}] = scenario.steps;
  const nothing = { break: [], mend: [] };
  const all = [{ entries }, ...steps].map((step) => ({ ...nothing, ...step }));
  const expected = { ...scenario.expect, orders: [], stock: {}, payments: {} };
  return { ...scenario, steps: all, expect: { ...expected, executions: [] } };
}

async function differences(scenario: Scenario): Promise<readonly string[]> {
  const { stage } = rehearsal;
  const played = await playScenario(process.cwd(), stage, scenario);
  return differencesOf(scenario.expect, played);
}

describe('a step after a call', () => {
  test('takes place while the execution is on its way', async () => {
    const steps = [{ after: 'dynamodb:PutItem', stopIn: 'RequestApproval' }];
    expect(await differences(altered('high-value-denied', steps))).toEqual([
      'did not expect the execution of ord-high-value-denied ABORTED OperatorAbort in RequestApproval',
    ]);
  });

  test('is a difference where the call never comes', async () => {
    expect(
      await differences(altered('malformed-order', [{ after: 'rds:RebootDBCluster' }])),
    ).toEqual([
      'the call rds:RebootDBCluster never came',
      expect.stringMatching(/^did not expect the execution of ord-malformed-order FAILED/),
    ]);
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
    const scenario = { ...altered('happy-order', []), settings: { Weather: 'fine' } };
    await expect(differences(scenario)).rejects.toThrow(
      'The scenarios need Weather, which template.yaml does not have',
    );
  });
});
