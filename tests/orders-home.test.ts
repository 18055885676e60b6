import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signedHeaders } from '../packages/signalbox/src/scenarios/signed-headers.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

let project: ProjectCopy;
let rehearsal: StartedRehearsal;

beforeAll(async () => {
  project = copyProject();
  project.edit(
    'samconfig.toml',
    'Environment=local ',
    'Environment=local OrdersHomeRegion=us-west-2 ',
  );
  rehearsal = await startRehearsal({ root: project.root });
});
afterAll(async () => {
  await rehearsal?.runtime.close();
  project.remove();
});

test('a Region that is not the home of orders refuses them and names it; nothing is put on the bus', async () => {
  const { body } = JSON.parse(readFileSync('events/invoke/orders/submit-order.json', 'utf8'));
  const response = await fetch(`${rehearsal.stage.apiUrl('OrdersApi')}/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signedHeaders(rehearsal.stage, 'execute-api'),
    },
    body,
  });

  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 421,
    body: {
      message: 'Orders are taken in us-west-2: nothing was accepted here',
      homeRegion: 'us-west-2',
    },
  });
  expect(rehearsal.stage.eventsOn('OrdersBus')).toEqual([]);
});
