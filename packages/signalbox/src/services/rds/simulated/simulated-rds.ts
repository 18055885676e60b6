import { readSection } from '../../../core/schema/read-section.ts';
import type { SimulatedService } from '../../../core/simulated-service.ts';
import { clearContext, noteChange, type RdsContext } from '../model/rds-context.ts';
import { checkSection } from './check-section.ts';
import { clusterFaults } from './cluster-faults.ts';
import { instanceFaults } from './instance-faults.ts';
import { RdsSchema } from './rds-section.ts';
import { regionFault } from './region-fault.ts';
import { seedDatabases } from './seed.ts';
import { showDatabases } from './show.ts';

const NAME = 'rds';

/** Makes the databases' simulated resources: what there is, and what can break. */
export function createSimulatedRds(rds: RdsContext): SimulatedService {
  return {
    name: NAME,
    seed(section) {
      const read = readSection(NAME, section, RdsSchema, checkSection);
      clearContext(rds);
      seedDatabases(rds, read);
      noteChange(rds);
    },
    show: () => showDatabases(rds),
    faults: {
      ...instanceFaults(rds),
      ...clusterFaults(rds),
      'region-database': regionFault(rds),
    },
  };
}
