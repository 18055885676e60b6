import { isJsonObject, type Json, parseJson } from '../core/json.ts';
import { USER_ERROR_EXIT_CODES, UserError, type UserErrorCode } from '../core/user-error.ts';
import type { Session } from './session.ts';

/** A request to a rehearsal for something that AWS has no API for. */
export interface RehearsalRequest {
  /** Such as `/_signalbox/events`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  /** The command's name for the refusal on AWS, such as `event ls`. */
  readonly command: string;
}

/** The time that an endpoint may take to identify itself. */
const IDENTITY_LIMIT_MS = 5_000;

/**
 * Asks a rehearsal for what AWS has no API for, in the session's Region; undefined where nothing is at the path.
 * @throws {UserError} `usage` when the session talks to AWS, or to another endpoint, which does not
 * say within `limitMs` that it is a rehearsal; what the rehearsal itself refuses.
 */
export async function askRehearsal(
  session: Session,
  { path, method = 'GET', command }: RehearsalRequest,
  limitMs = IDENTITY_LIMIT_MS,
): Promise<Json | undefined> {
  if (session.endpoint === undefined) {
    throw new UserError('usage', `AWS has no API for "${command}": it works on a rehearsal only`);
  }
  const { endpoint } = session;
  if (!(await isRehearsal(endpoint, limitMs))) throw noRehearsal(endpoint, command);
  const response = await send(endpoint, inRegion(path, session.client.region), { method });
  if (response.status === 404) return undefined;
  if (!response.ok) {
    const refusal = refusalIn(await response.text());
    if (refusal !== undefined) throw refusal;
    throw noRehearsal(endpoint, command);
  }
  const body: Json = JSON.parse(await response.text());
  return body;
}

function inRegion(path: string, region: string | undefined): string {
  if (region === undefined) return path;
  return `${path}${path.includes('?') ? '&' : '?'}region=${encodeURIComponent(region)}`;
}

/** The user's mistake that a response of 400 reports; undefined where another server responded. */
function refusalIn(text: string): UserError | undefined {
  const body = parseJson(text);
  const { code, message } = isJsonObject(body) ? body : {};
  return isUserErrorCode(code) && typeof message === 'string'
    ? new UserError(code, message)
    : undefined;
}

function isUserErrorCode(code: Json | undefined): code is UserErrorCode {
  return typeof code === 'string' && Object.hasOwn(USER_ERROR_EXIT_CODES, code);
}

function noRehearsal(endpoint: string, command: string): UserError {
  return new UserError('usage', `${endpoint} is no rehearsal: "${command}" needs one`);
}

/** Returns whether an endpoint names itself a rehearsal; others may never end their response. */
async function isRehearsal(endpoint: string, limitMs: number): Promise<boolean> {
  try {
    const response = await send(endpoint, '/', { signal: AbortSignal.timeout(limitMs) });
    const body = parseJson(await response.text());
    return isJsonObject(body) && body['name'] === 'signalbox';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return false;
    throw error;
  }
}

/** Returns whether a rehearsal responds at an endpoint; false where nothing does. */
export async function answersAt(endpoint: string): Promise<boolean> {
  try {
    return await isRehearsal(endpoint, IDENTITY_LIMIT_MS);
  } catch (error) {
    if (error instanceof UserError && error.code === 'unreachable') return false;
    throw error;
  }
}

async function send(endpoint: string, path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(`${endpoint.replace(/\/$/, '')}${path}`, options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UserError(
      'unreachable',
      `Nothing responds at ${endpoint}: start the rehearsal with "npm start", or name another --endpoint-url`,
    );
  }
}
