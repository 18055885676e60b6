import { isJsonObject, parseJson } from '../core/json.ts';
import type { GlobalOptions } from './session.ts';

/** The path at which a rehearsal says where its stacks are. */
const STACKS = '/_signalbox/stacks';

/** The time that an endpoint may take to say it; others than rehearsals may never answer. */
const LIMIT_MS = 2_000;

/**
 * Asks the endpoint of a command line that names no Region for the app's own.
 * @param options The options before the command.
 * @param environment Where a Region and an endpoint may be named too.
 * @returns The Region; undefined where one is named, or no rehearsal answers.
 * @example
 * const home = await homeRegion(program.opts(), process.env);
 */
export async function homeRegion(
  { endpointUrl, region, profile, stack }: GlobalOptions,
  { AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const isOnAws = profile !== undefined || stack !== undefined;
  const endpoint = endpointUrl ?? (isOnAws ? undefined : AWS_ENDPOINT_URL);
  if ((region ?? AWS_REGION ?? AWS_DEFAULT_REGION) !== undefined || !endpoint) return undefined;
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const response = await fetch(`${endpoint.replace(/\/$/, '')}${STACKS}`, { signal });
    const body = parseJson(await response.text());
    const home = isJsonObject(body) ? body['home'] : undefined;
    return typeof home === 'string' ? home : undefined;
  } catch {
    // Whether anybody answers there is for the command to say.
    return undefined;
  }
}
