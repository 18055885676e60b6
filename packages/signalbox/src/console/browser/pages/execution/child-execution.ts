import type { Step } from '../../../../history/steps/step.ts';
import { readJson } from '../../parts/format.ts';

/** Finds the execution that a step started, in the response of StartExecution or in its final output. */
export function childOf({ attempts }: Step): string | undefined {
  const attempt = attempts.at(-1);
  if (attempt?.resource?.includes('startExecution') !== true) return undefined;
  const value = readJson(attempt.output);
  if (typeof value !== 'object' || value === null) return undefined;
  const found = Object.entries(value).find(([name]) => /^executionArn$/i.test(name))?.[1];
  return typeof found === 'string' ? found : undefined;
}
