import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judge } from '../packages/signalbox/src/scenarios/judge.ts';
import { stateMachineOf } from '../packages/signalbox/src/scenarios/play-all.ts';
import { playSample } from '../packages/signalbox/src/scenarios/play-sample.ts';
import { readSamples, type Sample, type Step } from '../packages/signalbox/src/scenarios/sample.ts';
import { type StartedRehearsal, startRehearsal } from './start-rehearsal.ts';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal();
}, 60_000);
afterAll(() => rehearsal?.runtime.close());

/** A sample of the project's with other steps after its events. */
function altered(name: string, steps: readonly Partial<Step>[]): Sample {
  const sample = readSamples(process.cwd()).find((one) => one.name.endsWith(name));
  if (sample === undefined) throw new RangeError(`No sample ${name}`);
  const [{ entries } = {}] = sample.steps;
  const nothing = { break: [], mend: [] };
  const all = [{ entries }, ...steps].map((step) => ({ ...nothing, ...step }));
  const expected = { ...sample.expect, orders: [], stock: {}, payments: {} };
  return { ...sample, steps: all, expect: { ...expected, executions: [] } };
}

async function differences(sample: Sample): Promise<readonly string[]> {
  const { stage } = rehearsal;
  const played = await playSample(process.cwd(), stage, sample);
  return judge(sample.expect, played, stateMachineOf(stage, sample));
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

describe('settings of a sample', () => {
  test('must be parameters of the template', async () => {
    const sample = { ...altered('happy-order', []), settings: { Weather: 'fine' } };
    await expect(differences(sample)).rejects.toThrow(
      'The samples need Weather, which template.yaml does not have',
    );
  });
});
