import { readFileSync } from 'node:fs';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCallLog } from '../packages/signalbox/src/scenarios/call-log.ts';
import { signedHeaders } from '../packages/signalbox/src/scenarios/signed-headers.ts';
import type { Stage } from '../packages/signalbox/src/scenarios/stage.ts';
import { stageOf } from '../packages/signalbox/src/scenarios/stage-of.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const SKU = 'sku-invoke';
const AN_HOUR_MS = 3_600_000;

let project: ProjectCopy;
let rehearsal: StartedRehearsal;
let east: Stage;
let west: Stage;

beforeAll(async () => {
  project = copyProject();
  // Orders begin in the Region that is lost.
  project.edit('samconfig.toml', 'OrdersHomeRegion=us-east-1', 'OrdersHomeRegion=us-west-2');
  project.edit(
    'samconfig.toml',
    'Environment=local LogRetentionDays=1 PaymentProviderUrl',
    'Environment=local LogRetentionDays=1 OrdersHomeRegion=us-west-2 PaymentProviderUrl',
  );
  rehearsal = await startRehearsal({ root: project.root, regions: [EAST, WEST] });
  const { runtime } = rehearsal;
  const stageIn = (region: string): Stage =>
    stageOf({ ...runtime, ...runtime.inRegion(region) }, createCallLog());
  east = stageIn(EAST);
  west = stageIn(WEST);
  for (const stage of [east, west]) await stock(stage);
});
afterAll(async () => {
  await rehearsal?.runtime.close();
  project?.remove();
});

/** Counts the stock of a Region: ten of what is sold. */
async function stock(stage: Stage): Promise<void> {
  const Item = { sku: { S: SKU }, available: { N: '10' } };
  await stage.call('dynamodb', 'PutItem', { TableName: stage.physicalId('InventoryTable'), Item });
}

/** Asks the stack of a Region to bring everything there, and returns how that failover ended. */
async function activate(stage: Stage, mode: 'graceful' | 'ungraceful', reason: string) {
  const Detail = JSON.stringify({
    ...{ version: 1, scenario: 'region', mode, kind: 'drill' },
    ...{ reason, requestedBy: 'ada' },
  });
  const EventBusName = stage.physicalId('OperationsBus');
  const Entry = { Source: 'signalbox.dr', DetailType: 'FailoverRequested', EventBusName, Detail };
  await stage.call('events', 'PutEvents', { Entries: [Entry] });
  const failovers = await executionsOf(stage, 'DrFailoverStateMachine');
  // Alarms of a lost Region ask its own stack for others.
  const {
    status,
    cause,
    output = '{}',
  } = failovers.find((one) => one.input?.includes(reason)) ?? {};
  return { status, cause, ...JSON.parse(output) };
}

/** The executions of a workflow in a Region, the newest first, once all have ended. */
async function executionsOf(stage: Stage, machine: string) {
  await stage.settled();
  const client = new SFNClient(stage.client);
  const stateMachineArn = stage.physicalId(machine);
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  return Promise.all(
    executions.map(({ executionArn }) =>
      client.send(new DescribeExecutionCommand({ executionArn })),
    ),
  );
}

/** Where the databases' primary and the traffic are. */
function webPlatform() {
  const shown = JSON.parse(JSON.stringify(rehearsal.runtime.simulatedResources.show()));
  const { members } = shown.rds.globalClusters['web-global'];
  const { routingControls } = shown['routing-control'].controlPanels[0];
  const primary = members.find(({ role }: { readonly role: string }) => role === 'primary');
  return {
    primary: primary.cluster.includes(EAST) || primary.cluster.includes('east') ? EAST : WEST,
    traffic: { [EAST]: routingControls['web-east'], [WEST]: routingControls['web-west'] },
  };
}

/** Places an order in a Region. */
async function order(stage: Stage) {
  const { body } = JSON.parse(readFileSync('events/invoke/orders/submit-order.json', 'utf8'));
  const response = await fetch(`${stage.apiUrl('OrdersApi')}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders(stage, 'execute-api') },
    body,
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const ordersIn = async (stage: Stage) =>
  (await executionsOf(stage, 'OrderProcessingStateMachine')).map(({ status }) => status);

describe('the platform in two Regions', () => {
  test('takes orders at their home alone, and the other stack names it', async () => {
    expect(webPlatform()).toEqual({ primary: WEST, traffic: { [EAST]: 'Off', [WEST]: 'On' } });

    expect(await order(west)).toMatchObject({ status: 202 });
    expect(await order(east)).toMatchObject({ status: 421, body: { homeRegion: WEST } });
    expect(await ordersIn(west)).toEqual(['SUCCEEDED']);
    expect(await ordersIn(east)).toEqual([]);
  });

  test('is brought over by the stack that stands, while the other Region is lost', async () => {
    const { simulatedResources } = rehearsal.runtime;
    simulatedResources.start('region-database', WEST);
    simulatedResources.start('region-application', WEST);
    simulatedResources.start('region-tables', WEST);

    const ended = await activate(east, 'ungraceful', 'us-west-2 is gone');

    expect(ended).toMatchObject({ status: 'SUCCEEDED', outcome: 'completed', breaches: [] });
    expect(webPlatform()).toEqual({ primary: EAST, traffic: { [EAST]: 'On', [WEST]: 'Off' } });
  });

  test('goes on with orders where their home is moved to, by a deployment and a count of the stock', async () => {
    // As long as their home is away, orders are refused.
    expect(await order(east)).toMatchObject({ status: 421, body: { homeRegion: WEST } });

    project.replace('samconfig.toml', (text) =>
      text.replaceAll('OrdersHomeRegion=us-west-2', 'OrdersHomeRegion=us-east-1'),
    );
    expect(await rehearsal.runtime.reload()).toEqual([]);

    expect(await order(east)).toMatchObject({ status: 202 });
    expect(await order(west)).toMatchObject({ status: 421, body: { homeRegion: EAST } });
    expect(await ordersIn(east)).toEqual(['SUCCEEDED']);
    expect(await ordersIn(west)).toEqual(['SUCCEEDED']);
  });

  test('goes home by the same scenario in the other stack, once its Region is well', async () => {
    const { simulatedResources } = rehearsal.runtime;
    simulatedResources.end('region-database', WEST);
    simulatedResources.end('region-application', WEST);
    simulatedResources.end('region-tables', WEST);
    // It is behind at first: the run's own checks hold it back.
    const early = await activate(west, 'graceful', 'us-west-2 is back');
    expect(early).toMatchObject({
      status: 'FAILED',
      cause: expect.stringContaining('replication-lag'),
    });
    rehearsal.runtime.skippingClock?.skipTo(west.now().getTime() + AN_HOUR_MS);
    await west.settled();

    const ended = await activate(west, 'graceful', 'us-west-2 has caught up');

    expect(ended).toMatchObject({ status: 'SUCCEEDED', outcome: 'completed', breaches: [] });
    expect(webPlatform()).toEqual({ primary: WEST, traffic: { [EAST]: 'Off', [WEST]: 'On' } });
  });
});
