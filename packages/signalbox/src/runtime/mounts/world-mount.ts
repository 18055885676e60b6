import type { World } from '../world.ts';
import type { Answer } from './mount.ts';

/** Where the rehearsal shows the services around the app, and seeds them again. */
export const WORLD_MOUNT = '/_signalbox/world';
/** Where it lists what can be broken, breaks it and mends it. */
export const FAULTS_MOUNT = '/_signalbox/faults';

/** `GET /` answers every part's state, `GET /<part>` one part's; `POST /reset` seeds them again. */
export function answerWorld(world: World): Answer {
  return ({ method, parts }) => {
    const [name, ...more] = parts;
    if (more.length > 0) return undefined;
    if (method === 'POST' && name === 'reset') {
      world.reset();
      return { world: world.show() };
    }
    const shown = method === 'GET' ? world.show(name) : undefined;
    return shown && { world: shown };
  };
}

/** `GET /` lists the faults; `POST /<name>/start` and `POST /<name>/end` take a `target` each. */
export function answerFaults(world: World): Answer {
  return ({ method, parts, query }) => {
    if (method === 'GET' && parts.length === 0) return { faults: world.faults() };
    const [name = '', verb] = parts;
    if (method !== 'POST' || parts.length !== 2 || (verb !== 'start' && verb !== 'end')) {
      return undefined;
    }
    const said = world[verb](name, query.get('target') ?? undefined);
    return said === undefined ? undefined : { message: said };
  };
}
