import { readdirSync, readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { playSample } from '../local/cli/rehearsal/play-sample.ts';
import { readSamples } from '../local/cli/rehearsal/sample.ts';
import type { CallRecord } from '../local/endpoint/registry.ts';
import { isAllowed, neededPermissions } from './needed-permissions.ts';
import { type StartedRehearsal, startRehearsal } from './start-rehearsal.ts';

const INVOKE_EVENTS = 'events/invoke';

let rehearsal: StartedRehearsal;
const calls: CallRecord[] = [];

beforeAll(async () => {
  rehearsal = await startRehearsal({ onCall: (call) => void calls.push(call) });
  for (const sample of readSamples(process.cwd()))
    await playSample(process.cwd(), rehearsal.stage, sample);
  await invokeAll();
  await rehearsal.runtime.settled();
}, 120_000);
afterAll(() => rehearsal?.runtime.close());

/** So that what no sample calls, such as the reading half of the API, is called too. */
async function invokeAll(): Promise<void> {
  const client = new LambdaClient(rehearsal.stage.client);
  for (const { logicalId, name } of rehearsal.runtime.app().functions) {
    const folder = logicalId
      .replace(/Function$/, '')
      .replace(/(?<!^)([A-Z])/g, '-$1')
      .toLowerCase();
    if (!readdirSync(INVOKE_EVENTS).includes(`${folder}.json`))
      throw new Error(`No event for ${name}`);
    const Payload = readFileSync(`${INVOKE_EVENTS}/${folder}.json`);
    await client.send(new InvokeCommand({ FunctionName: name, Payload }));
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
