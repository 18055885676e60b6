import type { SimulatedService } from '../../../core/simulated-service.ts';
import { invalid } from '../../../core/user-error.ts';
import { clearContext, noteChange, type RdsContext } from '../model/rds-context.ts';
import { clusterFaults } from './cluster-faults.ts';
import { instanceFaults } from './instance-faults.ts';
import { parseRdsSection } from './parse-section.ts';
import { regionFault } from './region-fault.ts';
import { seedDatabases } from './seed.ts';
import { showDatabases } from './show.ts';

/** Makes the simulated resources's part of the databases: what there is, and what can break. */
export function createWorld(rds: RdsContext): SimulatedService {
  return {
    name: 'rds',
    seed(section) {
      const parsed = parseRdsSection(section);
      if (!parsed.ok) throw invalid(parsed.problems);
      clearContext(rds);
      seedDatabases(rds, parsed.value);
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
