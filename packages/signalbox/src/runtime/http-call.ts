import type { Clock } from '../core/clock.ts';
import type { HttpCall } from '../core/http-call.ts';

/** Makes a way out on which time does not skip; a server has so long to answer. */
export function httpCall(clock: Clock, timeoutMs: number): HttpCall {
  return async ({ url, method, headers, body, staysHere }) => {
    const release = clock.hold();
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        redirect: staysHere === true ? 'manual' : 'follow',
        signal: AbortSignal.timeout(timeoutMs),
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
