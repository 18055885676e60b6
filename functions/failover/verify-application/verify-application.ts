import type { ObservedStep } from '../observe-step.ts';

/** Whether the application is well, and what is not. */
export interface Verification {
  readonly isHealthy: boolean;
  readonly detail: string;
}

/** A health page must answer before the function is given up. */
const HEALTH_TIMEOUT_MS = 5_000;

/** Says whether the alarms are all OK; one that is not there is not. */
export function judgeAlarms(
  names: readonly string[],
  states: ReadonlyMap<string, string>,
): Verification {
  const wrong = names
    .filter((name) => states.get(name) !== 'OK')
    .map((name) => `${name} is ${states.get(name) ?? 'not there'}`);
  return {
    isHealthy: wrong.length === 0,
    detail: wrong.length === 0 ? `${names.length} alarms OK` : wrong.join(', '),
  };
}

/** Says whether what the run moved is still where it was moved to. */
export function judgeSteps(steps: readonly ObservedStep[]): Verification {
  const wrong = steps
    .filter(({ status }) => status !== 'done')
    .map(({ stepId, detail }) => `step ${stepId} does not hold: ${detail}`);
  return {
    isHealthy: wrong.length === 0,
    detail: wrong.length === 0 ? `${steps.length} steps hold` : wrong.join(', '),
  };
}

/** The Region that has to serve, and the header in which the answer names it. */
export interface ServingRegion {
  readonly header: string;
  readonly region: string;
}

/**
 * Asks the application's health page as any client does: by its name, unsigned, over a connection of
 * its own, since one that is kept open would go on to the Region that was left. Anything but a 2xx in
 * time is unhealthy, and so is an answer of another Region where one has to serve.
 */
export async function askHealth(
  url: string,
  ask: typeof fetch,
  serving?: ServingRegion,
): Promise<Verification> {
  try {
    const { ok, status, headers } = await ask(url, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    });
    if (serving === undefined || !ok) return { isHealthy: ok, detail: `${url} answers ${status}` };
    const by = headers.get(serving.header);
    const detail = `${url} answers ${status}, served by ${by ?? `nobody who says so in ${serving.header}`}`;
    return { isHealthy: by === serving.region, detail };
  } catch (error) {
    const reason = error instanceof Error ? error.name : String(error);
    return { isHealthy: false, detail: `${url} does not answer: ${reason}` };
  }
}
