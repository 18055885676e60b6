import { inEachRegion } from '../core/regional-service.ts';
import type { Service } from '../core/service.ts';
import { createMappingSwitches } from '../lambda/event-sources/mapping-switches.ts';
import { createMappings, type EventSourceMappings } from '../lambda/event-sources/mappings.ts';
import { createCloudFormation } from '../services/cloudformation/cloudformation.ts';
import { type CloudWatch, createCloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import { openDynamoDb } from '../services/dynamodb/dynamodb.ts';
import { simulatedMappings } from '../services/lambda/simulated-mappings.ts';
import { createLogs } from '../services/logs/logs.ts';
import { createS3 } from '../services/s3/s3.ts';
import { createSecretsManager } from '../services/secrets-manager/secrets-manager.ts';
import { createSns } from '../services/sns/sns.ts';
import { createSqs } from '../services/sqs/sqs.ts';
import { createSsm } from '../services/ssm/ssm.ts';
import { openSimulatedServices, type SimulatedServices } from './open-simulated-services.ts';
import { createOwnMetrics, type OwnMetrics } from './own-metrics.ts';
import type { ResourceServices } from './provision.ts';
import type { ServicesOptions } from './services-options.ts';
import { openSimulatedResources, type SimulatedResources } from './simulated-resources.ts';

/** The services that stand on their own, without workflows, events and functions. */
export interface OpenedServices extends ResourceServices {
  readonly cloudWatch: CloudWatch;
  /** Counts what AWS's services say of themselves. */
  readonly ownMetrics: OwnMetrics;
  readonly simulated: SimulatedServices;
  readonly eventSourceMappings: EventSourceMappings;
  readonly services: readonly Service[];
  /** The simulated resources that a person may see, seed and break. */
  readonly simulatedResources: SimulatedResources;
}

/**
 * Opens the services; a new one gets a line here.
 * @throws {UserError} When the kept tables are damaged, or the file of simulated resources is wrong.
 */
export async function openServices(options: ServicesOptions): Promise<OpenedServices> {
  const sqs = createSqs(options);
  const sns = createSns(options);
  const dynamoDb = await openDynamoDb({ ...options, ...options.store });
  const s3 = createS3(options);
  const secretsManager = createSecretsManager(options);
  const ssm = createSsm(options);
  const { openLogs, openMetrics } = options.store;
  const cloudWatch = createCloudWatch({ ...options, openMetrics });
  cloudWatch.addSource(sqs.metricSource);
  const logs = createLogs({ ...options, openLogs });
  const cloudFormation = createCloudFormation(options);
  const { hasSecret } = secretsManager;
  const opened = { sqs, sns, dynamoDb, s3, secretsManager, ssm, cloudWatch, logs };
  const services = [
    inEachRegion(sqs.service, options, createSqs),
    inEachRegion(sns.service, options, createSns),
    inEachRegion(secretsManager.service, options, createSecretsManager),
    inEachRegion(ssm.service, options, createSsm),
    inEachRegion(logs.service, options, createLogs),
    dynamoDb.streamsService,
    ...[dynamoDb, s3, cloudWatch, cloudFormation].map(({ service }) => service),
  ];
  const simulated = openSimulatedServices(options, { ...opened, hasSecret });
  const switches = createMappingSwitches(options);
  const { all: seeded, simulated: mappings } = simulatedMappings(switches);
  const eventSourceMappings = createMappings({ ...options, switches, seeded });
  const ownMetrics = createOwnMetrics({
    record: cloudWatch.record,
    now: () => options.clock.now(),
  });
  return {
    ...opened,
    ownMetrics,
    simulated,
    eventSourceMappings,
    services: [...services, ...simulated.services],
    simulatedResources: openSimulatedResources({ ...options, now: () => options.clock.now() }, [
      ...simulated.parts,
      mappings,
      ...options.simulatedServices,
    ]),
  };
}
