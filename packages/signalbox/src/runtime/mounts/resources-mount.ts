import type { SimulatedResources } from '../simulated-resources.ts';
import type { MountHandler } from './mount.ts';

/** The path under which the rehearsal shows the simulated resources, and seeds them again. */
export const RESOURCES_MOUNT = '/_signalbox/resources';
/** The path under which it lists the faults, starts them and ends them. */
export const FAULTS_MOUNT = '/_signalbox/faults';

/** `GET /` returns every part's state, `GET /<part>` one part's; `POST /reset` seeds them again. */
export function resourcesHandler(simulatedResources: SimulatedResources): MountHandler {
  return ({ method, parts }) => {
    const [name, ...more] = parts;
    if (more.length > 0) return undefined;
    if (method === 'POST' && name === 'reset') {
      simulatedResources.reset();
      return { resources: simulatedResources.show() };
    }
    const shown = method === 'GET' ? simulatedResources.show(name) : undefined;
    return shown && { resources: shown };
  };
}

/** `GET /` lists the faults; `POST /<name>/start` and `POST /<name>/end` take a `target` each. */
export function faultsHandler(simulatedResources: SimulatedResources): MountHandler {
  return ({ method, parts, query }) => {
    if (method === 'GET' && parts.length === 0) return { faults: simulatedResources.faults() };
    const [name = '', verb] = parts;
    if (method !== 'POST' || parts.length !== 2 || (verb !== 'start' && verb !== 'end')) {
      return undefined;
    }
    const said = simulatedResources[verb](name, query.get('target') ?? undefined);
    return said === undefined ? undefined : { message: said };
  };
}
