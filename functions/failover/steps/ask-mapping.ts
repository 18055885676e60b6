import { object, optional, parse, string } from 'valibot';
import { parseJson } from '../../shared/parse-json.ts';
import { type SignedRequest, sendSigned } from '../../shared/signed-call.ts';
import { EventSourceMappingError } from '../errors.ts';

/** The state of a mapping that is not there. */
export const ABSENT = 'absent';

/** Several are asked at once, within the time of a function that has more to do. */
const TIMEOUT_MS = 5_000;

const AnswerSchema = object({ State: string() });
const RefusalSchema = object({
  Message: optional(string()),
  message: optional(string()),
});

/**
 * Reads the state of an event source mapping, such as `Enabled` or `Disabling`; `absent` where there is none.
 * @throws {EventSourceMappingError} When Lambda refuses, or answers something else.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html
 */
export async function readMapping(region: string, uuid: string): Promise<string> {
  const response = await ask(region, uuid, { method: 'GET', headers: {} });
  if (response.status === 404) return ABSENT;
  return parse(AnswerSchema, await answerOf(uuid, response)).State;
}

/**
 * Turns an event source mapping on or off; Lambda takes tens of seconds to get through with it.
 * @returns The id of the request in CloudTrail.
 * @throws {EventSourceMappingError} When Lambda refuses.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export async function turnMapping(region: string, uuid: string, Enabled: boolean): Promise<string> {
  const response = await ask(region, uuid, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Enabled }),
  });
  await answerOf(uuid, response);
  return response.headers.get('x-amzn-requestid') ?? '';
}

function ask(
  region: string,
  uuid: string,
  request: Omit<SignedRequest, 'path'>,
): Promise<Response> {
  const path = `/2015-03-31/event-source-mappings/${encodeURIComponent(uuid)}`;
  return sendSigned({ name: 'lambda', region, timeoutMs: TIMEOUT_MS }, { ...request, path });
}

async function answerOf(uuid: string, response: Response): Promise<unknown> {
  const answer = parseJson(await response.text());
  if (response.ok) return answer;
  const { Message, message = `Lambda answered ${response.status}` } = parse(
    RefusalSchema,
    answer ?? {},
  );
  throw new EventSourceMappingError(`Event source mapping ${uuid}: ${Message ?? message}`);
}
