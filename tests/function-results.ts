import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { ClientOptions } from '../packages/signalbox/src/core/client-options.ts';
import { isJsonObject, type Json } from '../packages/signalbox/src/core/json.ts';
import type { FunctionResource } from '../packages/signalbox/src/template/app.ts';

const YEARS_ON = 10;

/** When the inputs in `events/invoke` are put: years after the times that they name, as none goes stale. */
export const INPUTS_AT = new Date(Date.UTC(2026 + YEARS_ON, 11, 1, 10));

/** The flaw of a function's result for its input in `events/invoke`; undefined when it is right. */
export interface WrongResult {
  readonly function: string;
  readonly why: string;
}

/** The file with a function's input: it has the name of the folder in which its handler stands. */
export function inputFileOf({ build }: FunctionResource): string {
  const [entryPoint = ''] = build.entryPoints;
  return `events/invoke/${dirname(entryPoint)}.json`;
}

/** Calls every function through the Lambda API; returns those that failed or refused their input. */
export async function wrongResults(
  options: ClientOptions,
  functions: readonly FunctionResource[],
): Promise<readonly WrongResult[]> {
  const client = new LambdaClient(options);
  const wrong: WrongResult[] = [];
  for (const resource of functions) {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: resource.name,
        Payload: readFileSync(inputFileOf(resource)),
      }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError !== undefined || refusesInput(JSON.parse(text)))
      wrong.push({ function: resource.logicalId, why: text });
  }
  return wrong;
}

/** Whether a result is an HTTP error, or a batch of which something must be tried again. */
export function refusesInput(payload: Json): boolean {
  if (!isJsonObject(payload)) return false;
  const { statusCode, batchItemFailures } = payload;
  // 409 is no fault: an approval that somebody else has decided gets it.
  const isHttpError = typeof statusCode === 'number' && statusCode >= 400 && statusCode !== 409;
  return isHttpError || (Array.isArray(batchItemFailures) && batchItemFailures.length > 0);
}
