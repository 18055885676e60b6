import { join } from 'node:path';
import type { Service } from '../core/service.ts';
import { createCloudFormation } from '../services/cloudformation/cloudformation.ts';
import { type CloudWatch, createCloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import { openDynamoDb } from '../services/dynamodb/dynamodb.ts';
import { createLogs } from '../services/logs/logs.ts';
import { createS3 } from '../services/s3/s3.ts';
import { createSecretsManager } from '../services/secrets-manager/secrets-manager.ts';
import { createSns } from '../services/sns/sns.ts';
import { createSqs } from '../services/sqs/sqs.ts';
import { createSsm } from '../services/ssm/ssm.ts';
import { openSimulatedServices, type SimulatedServices } from './open-simulated-services.ts';
import { createOwnMetrics, type OwnMetrics } from './own-metrics.ts';
import type { ResourceServices } from './provision.ts';
import type { ServicesSetting } from './services-setting.ts';
import { openSimulatedResources, type SimulatedResources } from './simulated-resources.ts';

/** The services that stand on their own, without workflows, events and functions. */
export interface OpenedServices extends ResourceServices {
  readonly cloudWatch: CloudWatch;
  /** Counts what AWS's services say of themselves. */
  readonly ownMetrics: OwnMetrics;
  readonly simulated: SimulatedServices;
  readonly services: readonly Service[];
  /** What of the surroundings a person may see, seed and break. */
  readonly simulatedResources: SimulatedResources;
}

/**
 * Opens the services; a new one gets a line here.
 * @throws {UserError} When the store's directory can't be opened, or the file of simulated resources is wrong.
 */
export async function openServices(setting: ServicesSetting): Promise<OpenedServices> {
  const { storeDirectory } = setting;
  const sqs = createSqs(setting);
  const sns = createSns(setting);
  const dynamoDb = await openDynamoDb({
    ...setting,
    storeDirectory: storeDirectory && join(storeDirectory, 'tables'),
  });
  const s3 = createS3(setting);
  const secretsManager = createSecretsManager(setting);
  const ssm = createSsm(setting);
  const cloudWatch = createCloudWatch(setting);
  cloudWatch.addSource(sqs.metricSource);
  const logs = createLogs(setting);
  const cloudFormation = createCloudFormation(setting);
  const opened = { sqs, sns, dynamoDb, s3, secretsManager, ssm, cloudWatch, logs };
  const services = [...Object.values(opened), cloudFormation].map(({ service }) => service);
  const simulated = openSimulatedServices(setting, opened);
  const ownMetrics = createOwnMetrics({
    record: cloudWatch.record,
    now: () => setting.clock.now(),
  });
  return {
    ...opened,
    ownMetrics,
    simulated,
    services: [...services, ...simulated.services],
    simulatedResources: openSimulatedResources({ ...setting, now: () => setting.clock.now() }, [
      ...simulated.parts,
      ...setting.simulatedServices,
    ]),
  };
}
