import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isBelowLocalhost } from './virtual-host.ts';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Says why a request must not be served, or undefined when it may be; `allowedHosts` are host
 * names that are accepted besides those of the loopback address.
 * A foreign host name is how DNS rebinding arrives; a foreign origin is a web page of another site.
 */
export function foreignRequest(
  { headers, method }: IncomingMessage,
  port: number,
  allowedHosts: readonly string[] = [],
): string | undefined {
  const names = [...LOOPBACK_NAMES, ...allowedHosts.map((name) => name.toLowerCase())];
  const hosts = names.flatMap((name) => (port === 80 ? [name] : [`${name}:${port}`]));
  const host = headers.host?.toLowerCase() ?? '';
  const isOwn = isBelowLocalhost(host) && (port === 80 || host.endsWith(`:${port}`));
  if (!isOwn && !hosts.includes(host)) {
    return `Refused: the Host header must be one of ${hosts.join(', ')}, found "${host}"`;
  }
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((each) => origin === `http://${each}`)) {
    return `Refused: requests from the web origin "${origin}" are not served`;
  }
  if (isFromOtherSite(headers) && !(isNavigation(headers) && method === 'GET')) {
    return 'Refused: requests that another web site makes are not served';
  }
  return undefined;
}

/** Returns whether a browser follows another site's link: fit for looking at a page, not for calling an API. */
export function isFollowedLink({ headers }: IncomingMessage): boolean {
  return isFromOtherSite(headers) && isNavigation(headers);
}

// Browsers send no Origin with the GET of an image or a link, but these headers instead.
function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate';
}
