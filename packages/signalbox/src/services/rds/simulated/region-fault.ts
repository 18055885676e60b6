import type { Fault } from '../../../core/simulated-service.ts';
import { refreshLag } from '../global/global-lag.ts';
import { startResync } from '../global/resync.ts';
import type { RdsContext } from '../model/rds-context.ts';
import { breakInstances, mendInstances } from './break-instances.ts';
import { regionTarget } from './targets.ts';

const NAME = 'region-database';

/** Makes the fault that takes RDS and all its databases in a Region down. */
export function regionFault(rds: RdsContext): Fault {
  return {
    summary: 'Takes all databases of a Region down, and the API with them',
    target: "a Region, by default that of the first global cluster's primary",
    start(target) {
      const region = regionTarget(rds, target);
      // First the Region, so that nobody hears of its instances.
      rds.store.downRegions.add(region);
      breakInstances(rds, NAME, rds.store.instancesOf(region));
      for (const global of rds.store.globals) refreshLag(rds, global);
      return `RDS is down in ${region}`;
    },
    end(target) {
      const { downRegions } = rds.store;
      const regions = target === undefined ? [...downRegions] : [regionTarget(rds, target)];
      const mended = regions.filter((region) => downRegions.delete(region));
      mendInstances(rds, NAME, ({ cluster }) => mended.includes(cluster.region));
      for (const global of rds.store.globals) {
        refreshLag(rds, global);
        for (const member of global.members) {
          if (mended.includes(member.cluster.region)) startResync(rds, member);
        }
      }
      return mended.length === 0 ? 'RDS was down nowhere' : `RDS is up in ${mended.join(', ')}`;
    },
  };
}
