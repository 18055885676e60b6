import { JsonStringifyError } from './runtime-errors.ts';

/**
 * Writes a handler's result as JSON text.
 * @throws {JsonStringifyError} Where it has none.
 */
export function toPayload(result: unknown): string {
  let payload: string | undefined;
  try {
    payload = JSON.stringify(result === undefined ? null : result);
  } catch {
    throw new JsonStringifyError();
  }
  if (payload === undefined) throw new JsonStringifyError();
  return payload;
}
