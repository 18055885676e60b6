import type { Service } from '../core/service.ts';
import { createMappings, type EventSourceMappings } from '../lambda/event-sources/mappings.ts';
import { createCloudFormation } from '../services/cloudformation/cloudformation.ts';
import { openDynamoDb } from '../services/dynamodb/dynamodb.ts';
import { createLogs } from '../services/logs/logs.ts';
import { createSecretsManager } from '../services/secrets-manager/secrets-manager.ts';
import { createSns } from '../services/sns/sns.ts';
import { createSqs } from '../services/sqs/sqs.ts';
import { createSsm } from '../services/ssm/ssm.ts';
import type { SharedServices } from './open-shared-services.ts';
import { createOwnMetrics, type OwnMetrics } from './own-metrics.ts';
import type { ResourceServices } from './provision.ts';
import type { RegionServicesOptions } from './services-options.ts';

/** The services of a Region that stand on their own, and those of all Regions beside them. */
export interface OpenedServices extends ResourceServices, Omit<SharedServices, 'services'> {
  /** Counts what AWS's services say of themselves. */
  readonly ownMetrics: OwnMetrics;
  readonly eventSourceMappings: EventSourceMappings;
  /** Those of the Region alone. */
  readonly services: readonly Service[];
}

/**
 * Opens the services of a Region, without workflows, events and functions; a new one gets a line here.
 * @throws {UserError} When the kept tables are damaged.
 */
export async function openServices(
  options: RegionServicesOptions,
  { s3, cloudWatch, simulated, globalTables, mappings, simulatedResources }: SharedServices,
): Promise<OpenedServices> {
  const { clock, region, app } = options;
  const { openLogs, openTables } = options.store;
  const sqs = createSqs(options);
  const sns = createSns(options);
  const dynamoDb = await openDynamoDb({ ...options, openTables, globalTables });
  const secretsManager = createSecretsManager(options);
  const ssm = createSsm(options);
  const logs = createLogs({ ...options, openLogs });
  const cloudFormation = createCloudFormation(options);
  cloudWatch.addSource(sqs.metricSource);
  const regional = [sqs, sns, dynamoDb, secretsManager, ssm, logs, cloudFormation];
  return {
    ...{ sqs, sns, dynamoDb, secretsManager, ssm, logs },
    ...{ s3, cloudWatch, simulated, globalTables, mappings, simulatedResources },
    eventSourceMappings: createMappings({
      ...mappings,
      region,
      app: () => app() ?? { eventSourceMappings: [] },
    }),
    ownMetrics: createOwnMetrics({
      record: (datapoints) => cloudWatch.record(datapoints, region),
      now: () => clock.now(),
    }),
    services: [...regional.map(({ service }) => service), dynamoDb.streamsService],
  };
}
