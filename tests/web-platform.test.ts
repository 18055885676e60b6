import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isJsonObject, type Json, type JsonObject } from '../packages/signalbox/src/core/json.ts';
import { valueAt } from '../packages/signalbox/src/index.ts';
import { readExecutions } from './rehearsals/read-executions.ts';
import { runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

/** The web platform as the second of two Regions has it; the first is in the file of simulated resources. */
const PLATFORM = {
  DeployNetwork: 'true',
  DeployWebTier: 'true',
  DeployDataTier: 'true',
  DeployEdge: 'true',
  WebCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/site',
  HostedZoneId: 'Z0123456789EXAMPLE01',
  SiteName: 'www.example.com',
  EdgeRole: 'secondary',
  GlobalDatabase: 'secondary',
  GlobalClusterName: 'web-global',
  TrafficSwitch: 'health-check-object',
  AutomaticFailoverState: 'disabled',
};
const DATABASE = 'signalbox-local-data';
const SERVERS = 'signalbox-local-web-tier';
const STANDBY = 'signalbox-local-standby-123456789012-us-east-1';

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({ parameterOverrides: PLATFORM });
});
afterAll(() => rehearsal?.runtime.close());

/** Asks for a failover as an operator does; returns how it ended. */
async function failOver(scenario: string): Promise<string | undefined> {
  const { client, physicalId } = rehearsal.stage;
  const detail = { version: 1, scenario, mode: 'graceful', kind: 'drill', requestedBy: 'ada' };
  const entry = {
    EventBusName: physicalId('OperationsBus'),
    Source: 'signalbox.dr',
    DetailType: 'FailoverRequested',
    Detail: JSON.stringify({ ...detail, reason: 'A test' }),
  };
  await new EventBridgeClient(client).send(new PutEventsCommand({ Entries: [entry] }));
  await rehearsal.runtime.settled();
  const executions = await readExecutions(new SFNClient(client), () => true);
  const asked = executions.filter(({ input }) => valueAt(input, 'detail.scenario') === scenario);
  return asked.map(({ status, cause }) => cause ?? status).join();
}

const shown = (part: string, path: string): Json | undefined =>
  valueAt(rehearsal.runtime.simulatedResources.show(part) ?? {}, path);

async function printed(...args: readonly string[]): Promise<JsonObject> {
  const { stdout } = await runCli('--endpoint-url', rehearsal.runtime.url, '--json', ...args);
  const json: Json = JSON.parse(stdout);
  return isJsonObject(json) ? json : {};
}

describe('a rehearsal of the web platform', () => {
  test('is seeded with the databases and servers that would be deployed', () => {
    expect(shown('rds', 'rds.regions.us-east-1.clusters')).toMatchObject({
      [DATABASE]: { writer: null, readers: [{}, { promotionTier: 1 }] },
      'web-data': {},
    });
    expect(shown('rds', 'rds.regions.us-east-1.clusters.web-global-east')).toBeNull();
    expect(shown('auto-scaling', 'auto-scaling.us-east-1')).toMatchObject({
      [SERVERS]: { min: 2, max: 12, zones: { 'us-east-1a': 1, 'us-east-1b': 1 } },
    });
  });

  test('brings the Region here: its database, its servers and the traffic', async () => {
    expect(await failOver('region')).toBe('SUCCEEDED');

    expect(shown('rds', `rds.regions.us-east-1.clusters.${DATABASE}.writer`)).toMatchObject({
      status: 'available',
    });
    expect(shown('auto-scaling', `auto-scaling.us-east-1.${SERVERS}`)).toMatchObject({
      inService: 10,
    });
    const s3 = new S3Client({ ...rehearsal.stage.client, forcePathStyle: true });
    const stop = await s3.send(new HeadObjectCommand({ Bucket: STANDBY, Key: 'stop-us-west-2' }));
    expect(stop.$metadata.httpStatusCode).toBe(200);
  });

  test('fails the database over to the other zone', async () => {
    expect(await failOver('database')).toBe('SUCCEEDED');

    expect(shown('rds', `rds.regions.us-east-1.clusters.${DATABASE}.writer`)).toMatchObject({
      identifier: `${DATABASE}-2`,
    });
  });

  test('holds every bucket of its own to the lifecycle policy', async () => {
    const { buckets } = await printed('audit', '--fail-on', 'never');

    const own = listOf(buckets).filter(({ bucket }) => String(bucket).startsWith('signalbox-'));
    expect(own.map(({ bucket, verdict }) => `${bucket}: ${verdict}`)).toEqual(
      own.map(({ bucket }) => `${bucket}: COMPLIANT`),
    );
    expect(own.map(({ bucket }) => bucket)).toContain(STANDBY);
  });

  test('pays for what would be deployed, at list price', async () => {
    const { ResultsByTime: months = [] } = await new CostExplorerClient(
      rehearsal.stage.client,
    ).send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: '2025-11-01', End: '2025-12-01' },
        Granularity: 'MONTHLY',
        Metrics: ['UnblendedCost'],
        Filter: { Tags: { Key: 'aws:cloudformation:stack-name', Values: ['signalbox-local'] } },
        GroupBy: [{ Type: 'DIMENSION', Key: 'USAGE_TYPE' }],
      }),
    );

    const paid = months[0]?.Groups?.map(({ Keys: [type] = [], Metrics: metrics }) => [
      type,
      metrics?.['UnblendedCost']?.Amount,
    ]);
    expect(Object.fromEntries(paid ?? [])).toMatchObject({
      'InstanceUsage:db.r6g.large': '379.6',
      'BoxUsage:m6i.large': '140.16',
      'NodeUsage:cache.t4g.small': '37.38',
      'NatGateway-Hours': '32.85',
    });
  });
});

function listOf(json: Json | undefined): readonly JsonObject[] {
  return Array.isArray(json) ? json.filter(isJsonObject) : [];
}
