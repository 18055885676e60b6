import { isJsonObject } from '../../core/json.ts';
import { askRehearsal } from '../rehearsal-api.ts';
import type { Session } from '../session.ts';

/** The faults that a rehearsal can start. */
export async function faultNames(session: Session): Promise<readonly string[]> {
  const answer = await askRehearsal(session, { path: '/_signalbox/faults', command: 'names' });
  const faults = isJsonObject(answer) ? answer['faults'] : undefined;
  if (!Array.isArray(faults)) return [];
  return faults.flatMap((fault) => (isJsonObject(fault) ? String(fault['name']) : []));
}

/** The parts of a rehearsal's simulated resources. */
export async function partNames(session: Session): Promise<readonly string[]> {
  const answer = await askRehearsal(session, { path: '/_signalbox/resources', command: 'names' });
  const parts = isJsonObject(answer) ? answer['resources'] : undefined;
  return isJsonObject(parts) ? Object.keys(parts) : [];
}
