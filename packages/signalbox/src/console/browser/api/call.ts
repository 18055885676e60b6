import { jsonText } from '../../../core/exact-json/exact-number.ts';
import { t } from '../app/strings.ts';

/** The path under which the console is served. */
export const PREFIX = metaOf('signalbox-prefix');

/** Lets the editor add its style sheet under the page's policy. */
export const STYLE_NONCE = metaOf('signalbox-nonce');

/** A refusal, with AWS's own name where AWS refused. */
export class CallError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Asks the console's API; the answer is trusted to have the shape that the API documents. */
export async function ask<T>(route: string, body: object = {}): Promise<T> {
  const response = await send(route, body);
  // A rehearsal that was started again has another token, which its page brings.
  const answer = response.status === 403 && (await renewed()) ? await send(route, body) : response;
  const value = await answer.json();
  if (answer.ok) return value;
  throw new CallError(
    value.name ?? `HTTP ${answer.status}`,
    value.message ?? t('The console failed'),
  );
}

/** Calls an action of AWS's. */
export function callAws<T>(service: string, action: string, input: object = {}): Promise<T> {
  return ask<T>('call', { service, action, input });
}

/** Asks the rehearsal for what AWS has no API for; undefined where nothing is. */
export async function askRehearsal<T>(path: string, method = 'GET'): Promise<T | undefined> {
  const response = await fetch(path, { method });
  return response.ok ? response.json() : undefined;
}

/** Asks the rehearsal as `askRehearsal` does; the answer is JSON text, its numbers as they came. */
export async function askRehearsalText(path: string): Promise<string | undefined> {
  const response = await fetch(path);
  return response.ok ? response.text() : undefined;
}

async function send(route: string, body: object): Promise<Response> {
  try {
    return await fetch(`${PREFIX}/api/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: jsonText(body),
    });
  } catch {
    throw new CallError('Unreachable', t('Nothing responds: the rehearsal has ended'));
  }
}

let renewing: Promise<boolean> | undefined;

/** Opens the page anew in the background, once for all who ask at the same time. */
function renewed(): Promise<boolean> {
  renewing ??= fetch(`${PREFIX}/`)
    .then(({ ok }) => ok)
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

function metaOf(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
