import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Decides who may use the console's API. */
export interface Access {
  /** The header that lets the page of this visit call the API; undefined for a visit without the key. */
  cookieFor(request: IncomingMessage, query: URLSearchParams): string | undefined;
  /** Whether a request carries the token. */
  allows(request: IncomingMessage): boolean;
}

/**
 * Makes a token for the life of the process. A page of another origin cannot have it: the cookie is
 * kept from scripts, and never sent with what another site makes (`SameSite=Strict`).
 *
 * @param prefix The path to which the cookie belongs.
 * @param key The secret of the link; undefined where anybody on the machine may open the page.
 */
export function createAccess(prefix: string, key: string | undefined): Access {
  const token = randomBytes(24).toString('hex');
  return {
    cookieFor(request, query) {
      const given = query.get('key') ?? '';
      const isKnown = key === undefined || isSame(given, key) || isSame(tokenIn(request), token);
      if (!isKnown) return undefined;
      return `${cookieName(request)}=${token}; Path=${prefix}; HttpOnly; SameSite=Strict`;
    },
    allows: (request) => isSame(tokenIn(request), token),
  };
}

/** Browsers keep the cookies of all ports of a host together. */
function cookieName({ socket }: IncomingMessage): string {
  return `signalbox-console-${socket.localPort ?? 0}`;
}

function tokenIn(request: IncomingMessage): string {
  const name = `${cookieName(request)}=`;
  const cookies = (request.headers.cookie ?? '').split(';').map((one) => one.trim());
  return cookies.find((one) => one.startsWith(name))?.slice(name.length) ?? '';
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
