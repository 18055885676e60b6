import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CallRecord } from '../../packages/signalbox/src/endpoint/registry.ts';
import { playScenario } from '../../packages/signalbox/src/scenarios/play-scenario.ts';
import { readScenarios } from '../../packages/signalbox/src/scenarios/read-scenarios.ts';
import { scenarioFields } from '../../rehearsal/scenarios/scenario-fields.ts';
import { inputFileOf } from '../function-results.ts';
import { type StartedRehearsal, startRehearsal } from '../rehearsals/start-rehearsal.ts';
import { isAllowed, neededPermissions } from './needed-permissions.ts';

let rehearsal: StartedRehearsal;
const calls: CallRecord[] = [];

beforeAll(async () => {
  rehearsal = await startRehearsal({ onCall: (call) => void calls.push(call) });
  for (const scenario of readScenarios(process.cwd(), [scenarioFields]))
    await playScenario(process.cwd(), rehearsal.stage, scenario);
  await invokeAll();
  await rehearsal.runtime.settled();
});
afterAll(() => rehearsal?.runtime.close());

/** So that what no scenario calls, such as the reading half of the API, is called too. */
async function invokeAll(): Promise<void> {
  const client = new LambdaClient(rehearsal.stage.client);
  for (const resource of rehearsal.runtime.app().functions) {
    const Payload = readFileSync(inputFileOf(resource));
    await client.send(new InvokeCommand({ FunctionName: resource.name, Payload }));
  }
}

describe('the roles of the template', () => {
  test('allow every call that functions, workflows and rules make', () => {
    const app = rehearsal.runtime.app();
    const made = calls.flatMap((call) => {
      const role = app.roles.find(({ arn }) => arn === call.caller.arn);
      return role === undefined ? [] : [{ call, role }];
    });
    const refused = made.flatMap(({ call, role }) =>
      neededPermissions(call, app)
        .filter((permission) => !isAllowed(permission, role.statements))
        .map(({ action, resource }) => `${role.logicalId} needs ${action} on ${resource}`),
    );

    expect(new Set(made.map(({ role }) => role.logicalId)).size).toBeGreaterThan(18);
    expect([...new Set(refused)].sort()).toEqual([]);
  });
});
