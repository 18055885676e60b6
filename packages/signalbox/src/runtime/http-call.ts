import type { Clock } from '../core/clock.ts';
import type { HttpCall } from '../executions/tasks/http-invoke.ts';

/** AWS: an HTTP Task waits a minute for its response. */
const TIMEOUT_MS = 60_000;

/** Makes the way out of HTTP Tasks, on which time does not skip. */
export function httpCall(clock: Clock): HttpCall {
  return async ({ url, method, headers, body }) => {
    const release = clock.hold();
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body }),
      });
      const { status, statusText } = response;
      const all = [...response.headers].map(([name, value]) => [name, [value]] as const);
      return { status, statusText, headers: Object.fromEntries(all), body: await response.text() };
    } finally {
      release();
    }
  };
}
