import type { Service } from '../core/service.ts';
import { createMappingSwitches } from '../lambda/event-sources/mapping-switches.ts';
import type { MappingsOptions } from '../lambda/event-sources/mappings.ts';
import { type CloudWatch, createCloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import {
  createGlobalTables,
  type GlobalTables,
} from '../services/dynamodb/global-tables/global-tables.ts';
import { simulatedMappings } from '../services/lambda/simulated-mappings.ts';
import { createS3, type S3 } from '../services/s3/s3.ts';
import { openSimulatedServices, type SimulatedServices } from './open-simulated-services.ts';
import type { SharedServicesOptions } from './services-options.ts';
import { openSimulatedResources, type SimulatedResources } from './simulated-resources.ts';

/** The services of which there is one for all Regions: global ones, and those that know their Regions themselves. */
export interface SharedServices {
  readonly s3: S3;
  readonly cloudWatch: CloudWatch;
  readonly simulated: SimulatedServices;
  /** The tables that are replicated between Regions. */
  readonly globalTables: GlobalTables;
  /** The event source mappings around the apps, and what turns any of them on and off. */
  readonly mappings: Pick<MappingsOptions, 'switches' | 'seeded'>;
  /** The simulated resources that a person may see, seed and break. */
  readonly simulatedResources: SimulatedResources;
  readonly services: readonly Service[];
}

/**
 * Opens the services of all Regions; a new one gets a line here.
 * @throws {UserError} When the file of simulated resources is wrong.
 */
export function openSharedServices(options: SharedServicesOptions): SharedServices {
  const s3 = createS3(options);
  const { openMetrics } = options.store;
  const cloudWatch = createCloudWatch({ ...options, openMetrics });
  const globalTables = createGlobalTables({ ...options, record: cloudWatch.record });
  const simulated = openSimulatedServices(options, { s3, cloudWatch });
  const switches = createMappingSwitches(options);
  const seeded = simulatedMappings(switches);
  return {
    s3,
    cloudWatch,
    simulated,
    globalTables,
    mappings: { switches, seeded: seeded.all },
    services: [s3.service, cloudWatch.service, ...simulated.services],
    simulatedResources: openSimulatedResources({ ...options, now: () => options.clock.now() }, [
      ...simulated.parts,
      globalTables.simulated,
      seeded.simulated,
      ...options.simulatedServices,
    ]),
  };
}
