import { isJsonObject } from '../core/json.ts';
import { askRehearsal } from './rehearsal-api.ts';
import type { Session } from './session.ts';

/** A span of time that a command looks at, in Unix milliseconds. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** A clock that is a little ahead still belongs to the window. */
const MARGIN_MS = 60_000;

/**
 * Finds the window of a command that looks back from now. A rehearsal has its own clock, on which
 * scenarios play in the past: there everything is shown, unless the user says how far back.
 * @param backMs How far back the user wants to look; undefined where they did not say.
 * @param defaultMs How far back the command looks on AWS then.
 */
export async function timeWindow(
  session: Session,
  backMs: number | undefined,
  defaultMs: number,
): Promise<TimeWindow> {
  const nowMs = await rehearsalNow(session);
  if (nowMs === undefined) {
    const endMs = Date.now() + MARGIN_MS;
    return { startMs: endMs - (backMs ?? defaultMs), endMs };
  }
  return { startMs: backMs === undefined ? 0 : nowMs - backMs, endMs: nowMs + MARGIN_MS };
}

/** The time of a rehearsal's clock; undefined for AWS, and for an endpoint of somebody else's. */
async function rehearsalNow(session: Session): Promise<number | undefined> {
  if (session.endpoint === undefined) return undefined;
  const path = '/_signalbox/schedules';
  const schedules = await askRehearsal(session, { path, command: 'time' }).catch(() => undefined);
  const now = isJsonObject(schedules) ? schedules['now'] : undefined;
  return typeof now === 'string' ? Date.parse(now) : undefined;
}
