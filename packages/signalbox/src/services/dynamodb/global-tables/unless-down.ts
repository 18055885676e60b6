import type { Service } from '../../../core/service.ts';
import { type GlobalTables, regionIsDown } from './global-tables.ts';

/** A service that refuses every action while DynamoDB is down in its Region. */
export function unlessDown(
  service: Service,
  region: string,
  { links }: Pick<GlobalTables, 'links'>,
): Service {
  const actions = Object.entries(service.actions).map(([name, run]): [string, typeof run] => [
    name,
    (input, caller) => {
      if (links.isDown(region)) throw regionIsDown(region);
      return run(input, caller);
    },
  ]);
  return { ...service, actions: Object.fromEntries(actions) };
}
