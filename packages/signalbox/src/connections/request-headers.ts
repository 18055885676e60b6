/** What EventBridge writes itself, whatever a target or a connection says. */
const FIXED = {
  'user-agent': 'Amazon/EventBridge/ApiDestinations',
  range: 'bytes=0-1048575',
};

/**
 * Headers that EventBridge takes out of a request (EventBridge User Guide, "API destinations", "Headers in
 * requests to API destinations").
 */
const REMOVED: ReadonlySet<string> = new Set([
  ...['a-im', 'accept-charset', 'accept-datetime', 'accept-encoding', 'cache-control'],
  ...['connection', 'content-encoding', 'content-length', 'content-md5', 'date', 'expect'],
  ...['forwarded', 'from', 'host', 'http2-settings', 'if-match', 'if-modified-since'],
  ...['if-none-match', 'if-range', 'if-unmodified-since', 'max-forwards', 'origin', 'pragma'],
  ...['proxy-authorization', 'referer', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'via'],
  'warning',
]);

/** The headers of a request to an API destination, by their names in lower case. */
export function requestHeaders(
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = Object.entries(given).filter(([name]) => !REMOVED.has(name));
  return {
    'content-type': 'application/json; charset=utf-8',
    ...Object.fromEntries(own),
    ...FIXED,
  };
}
